// SPDX-License-Identifier: Apache-2.0
/// Tasks of several steps through the front door: what each step may do, what must be completed before it, what a
/// verification tells, and what applies to the case of a task.
@NullMarked
package dev.tollgate.scenarios.steps;

import org.jspecify.annotations.NullMarked;

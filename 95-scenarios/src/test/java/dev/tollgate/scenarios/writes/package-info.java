// SPDX-License-Identifier: Apache-2.0
/// Changes through the front door: what an agent commits by itself, and what waits for people.
@NullMarked
package dev.tollgate.scenarios.writes;

import org.jspecify.annotations.NullMarked;

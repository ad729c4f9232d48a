// SPDX-License-Identifier: Apache-2.0
/// What is in force, by whose decision, and what it says.
@NullMarked
package dev.tollgate.console.policy;

import org.jspecify.annotations.NullMarked;

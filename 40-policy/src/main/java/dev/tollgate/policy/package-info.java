// SPDX-License-Identifier: Apache-2.0
/// The decision point: says, for a principal and an operation, in which view each field may be shown, which rows may be
/// seen, and why. Denies whatever it does not know. Takes time, risk and evidence as arguments, so that a past decision
/// can be taken again.
@NullMarked
package dev.tollgate.policy;

import org.jspecify.annotations.NullMarked;

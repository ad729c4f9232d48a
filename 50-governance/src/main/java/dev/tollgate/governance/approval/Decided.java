// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

/// What became of an approval by one person's decision.
///
/// @param id          which
/// @param state       pending when it still needs the second pair of eyes
/// @param decoyPassed it was a decoy, and it was approved: nothing is executed, and it is reported
public record Decided(ApprovalId id, ApprovalState state, boolean decoyPassed) {}

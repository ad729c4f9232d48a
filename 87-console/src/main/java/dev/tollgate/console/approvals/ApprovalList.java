// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.approvals;

import java.util.List;

/// The approvals that a person sees.
///
/// @param yours  wait for this person's decision
/// @param others wait for somebody else
/// @param ended  ended lately
/// @param more   whether there are more than are shown
public record ApprovalList(List<Row> yours, List<Row> others, List<Row> ended, boolean more) {
    /// One line.
    ///
    /// @param title   what would be done, for example `opportunity · amount`
    /// @param record  which record
    /// @param state   a word
    /// @param left    how long it still waits, in words; empty when it does not
    /// @param votes   given of demanded, for example `1 of 2`
    /// @param suspect its text holds what a reader would not see
    public record Row(
            String id,
            String title,
            String record,
            String agent,
            String user,
            String asked,
            String state,
            String left,
            String votes,
            boolean irreversible,
            boolean suspect) {}

    public ApprovalList {
        yours = List.copyOf(yours);
        others = List.copyOf(others);
        ended = List.copyOf(ended);
    }
}

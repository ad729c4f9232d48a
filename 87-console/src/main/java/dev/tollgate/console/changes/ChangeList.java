// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.changes;

import dev.tollgate.governance.change.Diff;
import dev.tollgate.governance.change.Piece;
import java.util.List;

/// What the page of changes shows.
///
/// @param agent   whose changes; empty for everybody's
/// @param rows    the newest first
/// @param more    whether there are more than are shown
/// @param runs    rollbacks that were asked for, the newest first
/// @param problem why nothing was done; empty when nothing was asked
public record ChangeList(String agent, List<Row> rows, boolean more, List<Run> runs, String problem) {
    /// One change.
    ///
    /// @param said    why, in the agent's own words, made visible; empty when it gave none
    /// @param made    what became of it, for example `done`
    /// @param revert  whether it was taken back; empty when not
    /// @param undoing word of the tool's contract, for example `reversible`
    public record Row(
            String tool,
            Diff diff,
            String agent,
            String user,
            String at,
            String reason,
            List<Piece> said,
            String rule,
            String made,
            String revert,
            String undoing) {}

    /// A rollback.
    public record Run(String id, String what, String by, String at, String state, boolean apply) {}

    public ChangeList {
        rows = List.copyOf(rows);
        runs = List.copyOf(runs);
    }
}

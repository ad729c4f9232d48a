// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.changes;

import dev.tollgate.governance.change.Diff;
import java.util.List;

/// One rollback: what became of it, or what would.
///
/// @param apply   whether it takes back, or only looks
/// @param state   for example `done`
/// @param running whether it has not ended
/// @param problem why it came to nothing; empty when it did not
/// @param ends    how many changes came to what
/// @param lines   the newest first
/// @param agent   whose changes; empty when it was asked for in another way than from this page
/// @param last    how many of the newest
public record RunView(
        String id,
        boolean apply,
        String state,
        boolean running,
        String by,
        String why,
        String problem,
        List<End> ends,
        List<Line> lines,
        String agent,
        int last) {
    /// How many came to an end.
    public record End(String word, long count) {}

    /// What became of one change.
    ///
    /// @param editor who edited the record since; empty when nobody did, or nobody knows
    public record Line(String tool, Diff diff, String at, String end, String editor) {}

    public RunView {
        ends = List.copyOf(ends);
        lines = List.copyOf(lines);
    }
}

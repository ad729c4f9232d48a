// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.change.ChangeText;
import dev.tollgate.governance.journal.JournalEntry.Outcome;
import dev.tollgate.governance.journal.JournalEntry.Revert;
import dev.tollgate.governance.journal.JournalEntry.RevertState;
import dev.tollgate.store.Store;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TaskId;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Journal entries as rows.
final class JournalRows {
    static final List<String> COLUMNS = List.of(
            "id",
            "change",
            "task",
            "rule",
            "reason",
            "decision_index",
            "said",
            "record_id",
            "at",
            "seq",
            "outcome",
            "after_image",
            "new_version",
            "revert",
            "revert_from",
            "revert_to");
    static final String SELECT = "select " + String.join(", ", COLUMNS) + " from journal_change";

    private JournalRows() {}

    static JournalEntry read(Store.Record row) {
        Change change = ChangeText.change(row.text("change"));
        Cause cause = new Cause(
                new TaskId(row.text("task")),
                new RuleId(row.text("rule")),
                row.text("reason"),
                row.number("decision_index"),
                row.textIfAny("said"));
        return new JournalEntry(
                new ChangeId(row.text("id")),
                change,
                cause,
                row.textIfAny("record_id").map(RecordId::new),
                row.instant("at"),
                row.number("seq"),
                outcome(row.text("outcome")),
                row.textIfAny("after_image").map(ChangeText::fields).orElseGet(TreeMap::new),
                row.textIfAny("new_version"),
                new Revert(
                        row.textIfAny("revert").map(JournalRows::revert).orElse(RevertState.NONE),
                        row.textIfAny("revert_from"),
                        row.textIfAny("revert_to")));
    }

    static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /// What this release does not know, nobody knows.
    private static Outcome outcome(String word) {
        return switch (word) {
            case "done" -> Outcome.DONE;
            case "failed" -> Outcome.FAILED;
            default -> Outcome.UNKNOWN;
        };
    }

    private static RevertState revert(String word) {
        return switch (word) {
            case "begun" -> RevertState.BEGUN;
            case "done" -> RevertState.DONE;
            default -> RevertState.CONFLICT;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.store.Store;
import dev.tollgate.terms.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How much was decided when, on all nodes, from the index. Counts only: who and what is asked of `AuditQuestions`.
///
/// @param store where the index is
public record DecisionCounts(Store store) {
    /// Entries of one log that one look reads at most: with more than that in a day, the oldest hours count too little.
    private static final int ENTRIES_MAX = 100_000;

    /// One hour.
    ///
    /// @param from      when it began
    /// @param permitted decisions that let a call go on
    /// @param refused   decisions that did not
    public record Hour(Instant from, long permitted, long refused) {}

    /// The last hours, the oldest first, the running one last.
    ///
    /// @param hours at least 1
    /// @param users for whom agents acted: those of one tenant see no other's
    public List<Hour> hours(Instant now, int hours, Set<UserId> users) {
        Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours - 1L));
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, first);
        List<Store.Record> rows = store.read(session -> session.query(
                "select (e.at - ?) / 3600000000 as slot, e.result, e.user_id, count(*) as decided"
                        + " from audit_log l join audit_event e on e.log_id = l.id and e.log_index > l.indexed - "
                        + ENTRIES_MAX
                        + " where e.kind = 'decision' and e.at >= ? group by 1, 2, 3",
                micros,
                micros));
        List<Hour> counted = new ArrayList<>();
        for (int slot = 0; slot < hours; slot++) {
            long permitted = 0;
            long refused = 0;
            for (Store.Record row : rows) {
                boolean theirs = row.textIfAny("user_id")
                        .map(UserId::new)
                        .filter(users::contains)
                        .isPresent();
                if (theirs && row.number("slot") == slot) {
                    boolean permit =
                            row.textIfAny("result").filter("permit"::equals).isPresent();
                    permitted += permit ? row.number("decided") : 0;
                    refused += permit ? 0 : row.number("decided");
                }
            }
            counted.add(new Hour(first.plus(Duration.ofHours(slot)), permitted, refused));
        }
        return counted;
    }

    /// How far each log is indexed, in words; differs whenever anything was decided.
    public String newest() {
        return store.read(session -> session.query("select indexed from audit_log order by id")).stream()
                .map(row -> Long.toString(row.number("indexed")))
                .collect(Collectors.joining(" "));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.change.ChangeText;
import dev.tollgate.store.Crossing;
import dev.tollgate.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// How approvals end that nobody decides: stopped, out of time, forgotten. See `Approvals`.
final class Ending {
    /// Approvals that one clean-up removes at most, so that it never holds up the changes behind it.
    private static final int FORGET_MAX = 1_000;

    private Ending() {}

    static int revoke(Store store, Predicate<Change> covered, Instant now) {
        return store.write(Crossing.HALT, session -> {
            int voided = 0;
            for (String state : List.of("pending", "granted")) {
                for (Store.Record row :
                        session.query("select id, change from approval where state = ? and decoy = 0", state)) {
                    boolean meant = covered.test(ChangeText.change(row.text("change")));
                    voided += meant && ApprovalRows.voided(session, row.text("id"), Objection.REVOKED, now) ? 1 : 0;
                }
            }
            return voided;
        });
    }

    static int expire(Store store, Instant now) {
        List<Store.Record> over = store.read(
                Crossing.RETENTION,
                session -> session.query(
                        "select id from approval where (state = 'pending' and expires_at <= ?)"
                                + " or (state = 'granted' and granted_until <= ?) order by asked_at limit "
                                + FORGET_MAX,
                        now,
                        now));
        if (over.isEmpty()) {
            return 0;
        }
        return store.write(Crossing.RETENTION, session -> {
            int ended = 0;
            for (Store.Record row : over) {
                ended += ApprovalRows.expired(session, row.text("id"), now) ? 1 : 0;
            }
            return ended;
        });
    }

    static int forget(Store store, Instant before) {
        return store.write(Crossing.RETENTION, session -> {
            List<Store.Record> old = session.query(
                    "select id from approval where expires_at < ? and (granted_until is null or granted_until < ?)"
                            + " order by expires_at limit " + FORGET_MAX,
                    before,
                    before);
            List<List<String>> ids =
                    old.stream().map(row -> List.of(row.text("id"))).toList();
            session.updateEach("delete from approval_shown where approval = ?", ids);
            session.updateEach("delete from approval_vote where approval = ?", ids);
            return session.updateEach("delete from approval where id = ?", ids);
        });
    }
}

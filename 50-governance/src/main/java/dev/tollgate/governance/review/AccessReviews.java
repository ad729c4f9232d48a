// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.review;

import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.WorkflowId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Reviews of what agents may do, in the store that all nodes share; each is noted in the audit log too. Every method
/// throws `StoreFailure` when the store fails.
public final class AccessReviews {
    private static final int ID_BYTES = 16;

    /// Reviews that are listed at most: four a year of a few hundred workflows.
    private static final int LIST_MAX = 2_000;

    private final Store store;
    private final RandomGenerator random;

    /// @param random gives ids
    public AccessReviews(Store store, RandomGenerator random) {
        this.store = store;
        this.random = random;
    }

    /// Writes a review down.
    public void add(Reviewed reviewed) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        store.write(session -> {
            Notes.add(
                    session,
                    new Note(
                            Note.Event.ACCESS_REVIEWED,
                            reviewed.reviewer(),
                            reviewed.at(),
                            Map.of(
                                    "agent", reviewed.agent().value(),
                                    "workflow", reviewed.workflow().value(),
                                    "verdict", reviewed.verdict().word(),
                                    "dropped", String.join(" ", reviewed.dropped()),
                                    "policy", reviewed.policy().value(),
                                    "next", reviewed.next().toString())));
            return session.update(
                    "insert into access_review (id, agent, workflow, reviewer, verdict, dropped, policy, reviewed_at,"
                            + " next_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    HexFormat.of().formatHex(id),
                    reviewed.agent().value(),
                    reviewed.workflow().value(),
                    reviewed.reviewer(),
                    reviewed.verdict().word(),
                    String.join(" ", reviewed.dropped()),
                    reviewed.policy().value(),
                    reviewed.at(),
                    reviewed.next());
        });
    }

    /// Reviews, the newest first.
    public List<Reviewed> list() {
        return store.read(session -> session
                .query("select agent, workflow, reviewer, verdict, dropped, policy, reviewed_at, next_at"
                        + " from access_review order by reviewed_at desc, id limit " + LIST_MAX)
                .stream()
                .map(AccessReviews::read)
                .toList());
    }

    private static Reviewed read(Store.Record row) {
        String dropped = row.text("dropped");
        return new Reviewed(
                new AgentId(row.text("agent")),
                new WorkflowId(row.text("workflow")),
                row.text("reviewer"),
                Reviewed.Verdict.valueOf(row.text("verdict").toUpperCase(Locale.ROOT)),
                dropped.isEmpty() ? List.of() : List.of(dropped.split(" ")),
                new PolicyVersion(row.text("policy")),
                row.instant("reviewed_at"),
                row.instant("next_at"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.store.Crossing;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Names that agents give to changes, so that a call made twice changes nothing twice, on whichever node. A name
/// belongs to the first change that it was used for, and points into the journal: what became of the change is said
/// once, there. Every method throws `StoreFailure` when the store fails: then nothing may be executed.
public final class ChangeKeys {
    /// How long a name is remembered. Whoever repeats a call later than that does not know any more why.
    public static final Duration KEPT = Duration.ofHours(24);

    /// A change that is not over by then never will be: no contract lets a system take longer than this. The node
    /// that made it is gone, and nobody knows whether it did.
    static final Duration UNDER_WAY_MAX = Duration.ofMinutes(2);

    /// When to ask again for a change that is under way.
    private static final Duration RETRY = Duration.ofSeconds(2);

    private static final int KEY_CHARS_MAX = 128;
    private static final int FORGET_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;

    /// Names in `store`, where the journal is.
    public ChangeKeys(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A change by its name.
    ///
    /// @param key    the agent's own word, 1 to 128 characters
    /// @param digest of everything that the call asks for, and for whom
    /// @param system what would be changed
    public record Named(TenantId tenant, AgentId agent, String key, Digest digest, SystemId system) {
        public Named {
            Require.require(!key.isBlank() && key.length() <= KEY_CHARS_MAX, "a key has 1 to 128 characters");
        }
    }

    /// The change of a name, once it is made; nothing for a name that is new, or whose change was not made.
    /// Refuses with `KeyReused`, `KeyUnderWay`, or `UpstreamFailed` with `unknown_outcome`.
    public Step<Optional<ChangeId>> made(Named named) {
        return store.read(session -> known(session, named));
    }

    /// Gives the name, in the caller's transaction, to a change that is about to be made. Refuses as `made` does, and
    /// with `KeyUnderWay` when another call has just made it.
    public Step<ChangeId> claim(Store.Session session, Named named, ChangeId change) {
        session.within(named.tenant());
        session.lock("change-key/" + named.tenant() + "/" + named.agent() + "/" + named.key());
        return known(session, named).then(made -> {
            if (made.isPresent()) {
                return Step.refuse(new Conduct.KeyUnderWay(RETRY));
            }
            session.update(
                    "insert into change_key (tenant, agent, name, digest, change_id, claimed_at)"
                            + " values (?, ?, ?, ?, ?, ?)"
                            + " on conflict (tenant, agent, name) do update set digest = excluded.digest,"
                            + " change_id = excluded.change_id, claimed_at = excluded.claimed_at",
                    named.tenant().value(),
                    named.agent().value(),
                    named.key(),
                    named.digest().text(),
                    change.value(),
                    clock.instant());
            return Step.pass(change);
        });
    }

    private Step<Optional<ChangeId>> known(Store.Session session, Named named) {
        Instant now = clock.instant();
        session.within(named.tenant());
        Optional<Store.Record> found = session.one(
                "select k.digest, k.change_id, k.claimed_at, j.outcome, j.finished_at from change_key k"
                        + " left join journal_change j on j.id = k.change_id"
                        + " where k.tenant = ? and k.agent = ? and k.name = ? and k.claimed_at >= ?",
                named.tenant().value(),
                named.agent().value(),
                named.key(),
                now.minus(KEPT));
        return found.map(row -> became(row, named, now)).orElseGet(() -> Step.pass(Optional.empty()));
    }

    private static Step<Optional<ChangeId>> became(Store.Record row, Named named, Instant now) {
        if (!row.text("digest").equals(named.digest().text())) {
            return Step.refuse(new Conduct.KeyReused());
        }
        String outcome = row.textIfAny("outcome").orElse("");
        if (outcome.equals(JournalRows.word(JournalEntry.Outcome.DONE))) {
            return Step.pass(Optional.of(new ChangeId(row.text("change_id"))));
        }
        if (outcome.equals(JournalRows.word(JournalEntry.Outcome.FAILED))) {
            return Step.pass(Optional.empty());
        }
        boolean under = row.isNull("finished_at")
                && now.isBefore(row.instant("claimed_at").plus(UNDER_WAY_MAX));
        return Step.refuse(
                under ? new Conduct.KeyUnderWay(RETRY) : new Refusal.UpstreamFailed(named.system(), "unknown_outcome"));
    }

    /// Forgets names that are no longer remembered, up to 1,000. Call it now and then.
    ///
    /// @return how many were forgotten
    public int forget() {
        Instant before = clock.instant().minus(KEPT.multipliedBy(2));
        return store.write(
                Crossing.RETENTION,
                session -> session.update(
                        "delete from change_key where (tenant, agent, name) in (select tenant, agent, name"
                                + " from change_key"
                                + " where claimed_at < ? order by claimed_at limit " + FORGET_MAX + ")",
                        before));
    }
}

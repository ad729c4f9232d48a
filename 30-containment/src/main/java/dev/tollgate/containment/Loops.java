// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.containment.LoopTrail.Became;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Notices when an agent goes round in circles within a task (requirement S1-30): the same call again and again,
/// the same few calls in turn, calls that were refused before. What agents retrieve is written by strangers, and a
/// circle is how it shows that they follow it. Another node knows of a call within about two seconds. Safe for
/// many threads.
public final class Loops {
    /// Tasks that a node remembers, up to 100 kB each and seldom more than 10. One that is forgotten is read again.
    private static final int TRAILS_MAX = 2_000;

    /// Rows that one clean-up removes at most.
    private static final int FORGET_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;
    private final ConcurrentMap<String, LoopTrail> trails = new ConcurrentHashMap<>();

    /// @param store shared by every node that sees the same agents
    public Loops(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// The refusal of a call that goes on with a loop: `Looping`, or `Undecidable` when the store cannot say. A call
    /// that goes on with none is remembered.
    public Optional<Refusal> next(Delegation of, RequestId request, CallShape shape, LoopLimits limits) {
        Instant now = clock.instant();
        try {
            return trail(of, now)
                    .next(request.value(), shape, limits, now)
                    .map(found -> new Conduct.Looping(
                            found.pattern(), shape.tool(), found.times(), left(found.since(), now)));
        } catch (StoreFailure _) {
            return Optional.of(new Refusal.Undecidable("recent calls cannot be read now"));
        }
    }

    private static Duration left(Instant since, Instant now) {
        Duration left = Duration.between(now, since.plus(LoopTrail.WINDOW));
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }

    /// Tells that a call was refused.
    ///
    /// @param excused making it again is right: it waits for people, or failed through no fault of the agent's
    public void refused(Delegation of, RequestId request, boolean excused) {
        Instant now = clock.instant();
        trail(of, now).ended(request.value(), excused ? Became.EXCUSED : Became.REFUSED, now);
    }

    /// Forgets calls that are no part of any loop any more, up to 1,000. Call it now and then.
    ///
    /// @return how many were forgotten
    public int forget() {
        Instant before = clock.instant().minus(LoopTrail.WINDOW.multipliedBy(2));
        return store.write(session -> session.update(
                "delete from recent_call where (subject, id) in (select subject, id from recent_call where at < ?"
                        + " order by at limit " + FORGET_MAX + ")",
                before));
    }

    private LoopTrail trail(Delegation of, Instant now) {
        String subject = Digest.of(Value.texts(
                        List.of(of.agent().value(), of.user().value(), of.task().value())))
                .text();
        LoopTrail known = trails.get(subject);
        if (known != null) {
            return known;
        }
        if (trails.size() >= TRAILS_MAX) {
            trails.values().removeIf(trail -> trail.idleSince(now));
            if (trails.size() >= TRAILS_MAX) {
                trails.keySet().stream().findAny().ifPresent(trails::remove);
            }
        }
        return trails.computeIfAbsent(subject, made -> new LoopTrail(made, store));
    }
}

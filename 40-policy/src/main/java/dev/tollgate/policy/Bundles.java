// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The bundles of this deployment: which is in force, which were. A change takes effect with the next
/// call on every node that shares the store (requirement S3-13), because every call asks which version
/// is in force. An invalid bundle never replaces a valid one. Safe for many threads.
public final class Bundles {
    /// Compiled bundles kept: the one in force, the one before it, and two that a rollback moves between.
    private static final int COMPILED_MAX = 4;

    private static final String ACTIVE =
            "select activation, version from policy_activation order by activation desc limit 1";

    private static final String SINCE = "select a.activation, a.version, b.label, a.activated_by, a.activated_at,"
            + " (select count(*) from policy_activation e where e.version = a.version"
            + " and e.activation < a.activation) as earlier"
            + " from policy_activation a join policy_bundle b on b.version = a.version";

    /// A follower that missed more hears of the newest ones.
    private static final int MISSED_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator ids;
    private final Optional<String> region;
    private final Map<PolicyVersion, DecisionPoint> compiled = new LinkedHashMap<>(COMPILED_MAX, 1, true);
    private volatile Optional<DecisionPoint> latest = Optional.empty();
    private volatile long heard = Long.MAX_VALUE;
    private Follower follower = _ -> true;

    /// @param ids    makes decision ids; used by many threads at once
    /// @param region where this node stands, when it says so
    public Bundles(Store store, InstantSource clock, RandomGenerator ids, Optional<String> region) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.region = region;
    }

    /// One line of the history.
    ///
    /// @param number  counts activations, from 1
    /// @param version what came into force
    /// @param label   its label
    /// @param by      who did it
    /// @param at      when
    /// @param again   it had been in force before
    public record Activation(long number, PolicyVersion version, String label, String by, Instant at, boolean again) {}

    /// Hears of every activation, whichever node or command made it.
    public interface Follower {
        /// Something else is in force. Called once for each activation, in order, before the first decision under it.
        ///
        /// @return false when that cannot be noted: then nothing is decided until it can be
        boolean activated(Activation activation);
    }

    /// Tells `listener` of every activation after number `known`.
    public synchronized void follow(Follower listener, long known) {
        follower = listener;
        heard = known;
    }

    /// Loads a bundle, validates it and runs its own tests. Changes nothing.
    public Loading check(BundleFiles files) {
        return BundleTests.run(BundleLoader.load(files), ids);
    }

    /// Puts a bundle in force, if it is valid and all its tests pass: in one transaction, for every node, with the next
    /// call. Does nothing when that very bundle is in force already.
    ///
    /// @param by who does it, for the history
    public Loading activate(BundleFiles files, String by) {
        Optional<DecisionPoint> now = active(files.version());
        if (now.isPresent()) {
            return new Loading.Loaded(now.get().bundle(), List.of());
        }
        Loading loading = check(files);
        if (loading instanceof Loading.Loaded loaded) {
            store.write(session -> {
                session.lock("policy");
                keep(session, files, loaded.bundle());
                return append(session, files.version(), by);
            });
            remember(point(loaded.bundle()));
        }
        return loading;
    }

    /// Puts a version in force again that was in force before.
    ///
    /// @return false when no such version was ever in force here
    public boolean rollback(PolicyVersion to, String by) {
        return store.write(session -> {
            session.lock("policy");
            boolean known = session.one("select 1 as known from policy_bundle where version = ?", to.value())
                    .isPresent();
            return known && append(session, to, by) == 1;
        });
    }

    /// The decision point of the version in force, asked anew on every call. Refuses with `Undecidable` when there is
    /// none, or nobody can say which it is.
    public Step<DecisionPoint> active() {
        try {
            return inForce(store.read(session -> session.one(ACTIVE)));
        } catch (StoreFailure _) {
            return Step.refuse(new Refusal.Undecidable("the policy in force cannot be read"));
        }
    }

    private Step<DecisionPoint> inForce(Optional<Store.Record> row) {
        if (row.isPresent() && row.get().number("activation") > heard && !tell()) {
            return Step.refuse(new Refusal.Undecidable("the policy in force is not in the log"));
        }
        Optional<DecisionPoint> point = row.flatMap(found -> compiled(new PolicyVersion(found.text("version"))));
        return point.isPresent()
                ? Step.pass(point.get())
                : Step.refuse(new Refusal.Undecidable("no policy bundle is in force"));
    }

    /// A version that was in force once, to decide old calls again.
    public Optional<DecisionPoint> version(PolicyVersion version) {
        return compiled(version);
    }

    /// What was in force, newest first.
    ///
    /// @param max lines at most
    public List<Activation> history(int max) {
        return since(0, max);
    }

    /// Newest first.
    private List<Activation> since(long number, int max) {
        return store
                .read(session -> session.query(
                        SINCE + " where a.activation > ? order by a.activation desc limit ?", number, max))
                .stream()
                .map(row -> new Activation(
                        row.number("activation"),
                        new PolicyVersion(row.text("version")),
                        row.text("label"),
                        row.text("activated_by"),
                        row.instant("activated_at"),
                        row.number("earlier") > 0))
                .toList();
    }

    /// Tells the follower what it has not heard of. Calls wait for each other here: none is decided before the log
    /// knows of the bundle that decides it.
    private synchronized boolean tell() {
        for (Activation activation : since(heard, MISSED_MAX).reversed()) {
            if (!follower.activated(activation)) {
                return false;
            }
            heard = activation.number();
        }
        return true;
    }

    private Optional<DecisionPoint> active(PolicyVersion wanted) {
        return switch (active()) {
            case Step.Passed<DecisionPoint> passed ->
                Optional.of(passed.state())
                        .filter(point -> point.bundle().version().equals(wanted));
            case Step.Refused<DecisionPoint> _ -> Optional.empty();
        };
    }

    private Optional<DecisionPoint> compiled(PolicyVersion version) {
        Optional<DecisionPoint> newest = latest;
        if (newest.isPresent() && newest.get().bundle().version().equals(version)) {
            return newest;
        }
        synchronized (compiled) {
            DecisionPoint known = compiled.get(version);
            Optional<DecisionPoint> point =
                    known != null ? Optional.of(known) : load(version).map(this::point);
            point.ifPresent(this::remember);
            return point;
        }
    }

    private DecisionPoint point(Bundle bundle) {
        return new DecisionPoint(bundle.on(region), ids);
    }

    private void remember(DecisionPoint point) {
        synchronized (compiled) {
            compiled.put(point.bundle().version(), point);
            if (compiled.size() > COMPILED_MAX) {
                compiled.remove(compiled.keySet().iterator().next());
            }
            latest = Optional.of(point);
        }
    }

    /// What was valid when it was activated is compiled again and not validated again.
    private Optional<Bundle> load(PolicyVersion version) {
        return store.read(session -> session.one(
                        "select compiled from policy_bundle where version = ?", version.value())
                .map(row -> {
                    String est = new String(row.bytes("compiled"), StandardCharsets.UTF_8);
                    return BundleLoader.reload(files(session, version), est);
                }));
    }

    /// The files of a version that was in force once; none when it never was.
    public BundleFiles files(PolicyVersion version) {
        return store.read(session -> files(session, version));
    }

    private static BundleFiles files(Store.Session session, PolicyVersion version) {
        Map<String, byte[]> files = new TreeMap<>();
        session.query("select path, content from policy_file where version = ?", version.value())
                .forEach(file -> files.put(file.text("path"), file.bytes("content")));
        return BundleFiles.of(files);
    }

    private void keep(Store.Session session, BundleFiles files, Bundle bundle) {
        int added = session.update(
                "insert into policy_bundle (version, name, label, compiled, added_at) values (?, ?, ?, ?, ?)"
                        + " on conflict do nothing",
                files.version().value(),
                bundle.name(),
                bundle.label(),
                bundle.rules().est().getBytes(StandardCharsets.UTF_8),
                clock.instant());
        if (added == 1) {
            files.content()
                    .forEach((path, content) -> session.update(
                            "insert into policy_file (version, path, content) values (?, ?, ?)",
                            files.version().value(),
                            path,
                            content));
        }
    }

    private int append(Store.Session session, PolicyVersion version, String by) {
        return session.update(
                "insert into policy_activation (activation, version, activated_by, activated_at)"
                        + " select coalesce(max(activation), 0) + 1, ?, ?, ? from policy_activation",
                version.value(),
                by,
                clock.instant());
    }
}

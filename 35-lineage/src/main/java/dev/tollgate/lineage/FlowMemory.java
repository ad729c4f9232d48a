// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers what agents were shown, in the store, so that another session, another node and the next day know it
/// (requirement B-5). A label is durable before its value is released, and it is remembered once in five minutes at
/// most: what was shown lasts as long as policy says and up to five minutes longer, never shorter. Safe for many
/// threads.
public final class FlowMemory {
    private static final Logger LOG = LoggerFactory.getLogger(FlowMemory.class);

    /// How much longer than policy says a label may last, and how seldom it is written again therefore.
    static final Duration SLACK = Duration.ofMinutes(5);

    /// Customers of one answer that are told apart: the rows that an answer has. What is shown of more belongs to
    /// every case of the agent and its person.
    static final int CUSTOMERS_MAX = 200;

    /// Parts of one memory, about 500 bytes each: 20,000 customers in three months of work. When there are more, what
    /// is new belongs to every case.
    static final int PARTS_MAX = 20_000;

    /// Parts that a node knows to be durable, about 300 bytes each. When there are more, all are written once more.
    private static final int KNOWN_MAX = 100_000;

    /// Rows that one clean-up removes at most.
    private static final int FORGET_MAX = 1_000;

    private record Part(String subject, String about, String id) {}

    private final Store store;
    private final InstantSource clock;
    private final int partsMax;
    private final ConcurrentMap<Part, Instant> known = new ConcurrentHashMap<>();

    /// @param store shared by every node that sees the same agents
    public FlowMemory(Store store, InstantSource clock) {
        this(store, clock, PARTS_MAX);
    }

    FlowMemory(Store store, InstantSource clock, int partsMax) {
        this.store = store;
        this.clock = clock;
        this.partsMax = partsMax;
    }

    /// What a call may hold of what was shown before: in its session, or of its customer or case, in any session. A
    /// call whose task names neither may be about any: it holds everything that the agent was shown for its person.
    /// Refuses with `Undecidable` when the store cannot say.
    ///
    /// @param decay   as the bundle in force says
    /// @param classes of the bundle in force
    public Step<Carried> carried(FlowKey key, FlowDecay decay, DataClasses classes) {
        Instant now = clock.instant();
        try {
            Labels.Sum sum = new Labels.Sum(decay, classes);
            for (Store.Record row : store.read(session -> rows(session, key))) {
                Duration age = Duration.between(row.instant("seen_at"), now);
                sum.add(Labels.read(row.text("labels")), age);
            }
            return Step.pass(sum.carried());
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what an agent was shown cannot be read");
            return Step.refuse(new Refusal.Undecidable("what you were shown before cannot be read now"));
        }
    }

    private static List<Store.Record> rows(Store.Session session, FlowKey key) {
        String what = "select labels, max(seen_at) as seen_at from flow_label where subject = ?";
        return key.about().isEmpty()
                ? session.query(what + " group by labels", key.subject())
                : session.query(
                        what + " and about in (?, ?, ?) group by labels",
                        key.subject(),
                        key.about().get(),
                        key.session(),
                        FlowKey.EVERY);
    }

    /// Remembers what is about to be shown. What a node knows to be durable is not written again. Refuses with
    /// `Undecidable` when it cannot be written: then it must not be shown.
    public Step<Boolean> join(FlowKey key, Shown shown) {
        Instant now = clock.instant();
        Map<String, Labels> fresh = new HashMap<>();
        shown.of(key, CUSTOMERS_MAX).forEach((about, labels) -> {
            Instant until = known.get(new Part(key.subject(), about, labels.id()));
            boolean durable = until != null && !now.isAfter(until) && !now.isBefore(until.minus(SLACK));
            if (!durable) {
                fresh.put(about, labels);
            }
        });
        if (fresh.isEmpty()) {
            return Step.pass(false);
        }
        Instant until = now.plus(SLACK);
        try {
            store.write(session -> write(session, key, fresh, until));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what an agent is shown cannot be remembered");
            return Step.refuse(new Refusal.Undecidable("what you are shown cannot be remembered now"));
        }
        if (known.size() + fresh.size() > KNOWN_MAX) {
            known.clear();
        }
        fresh.forEach((about, labels) -> known.put(new Part(key.subject(), about, labels.id()), until));
        return Step.pass(true);
    }

    private int write(Store.Session session, FlowKey key, Map<String, Labels> fresh, Instant until) {
        long there = session.query("select count(*) as parts from flow_label where subject = ?", key.subject())
                .getFirst()
                .number("parts");
        List<List<Object>> rows = new ArrayList<>();
        fresh.forEach((about, labels) -> rows.add(row(key, about, labels, until)));
        if (there + fresh.size() > partsMax) {
            // Nothing is left out: what finds no place of its own is remembered for every case.
            fresh.values().stream().distinct().forEach(labels -> rows.add(row(key, FlowKey.EVERY, labels, until)));
            rows.removeIf(row -> !row.get(1).equals(FlowKey.EVERY));
        }
        return session.updateEach(
                "insert into flow_label (subject, about, id, labels, seen_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (subject, about, id) do update set seen_at = excluded.seen_at"
                        + " where flow_label.seen_at < excluded.seen_at",
                rows);
    }

    private static List<Object> row(FlowKey key, String about, Labels labels, Instant until) {
        return List.of(key.subject(), about, labels.id(), labels.text(), Micros.of(until));
    }

    /// Forgets what no policy can ask for any more, up to 1,000 rows. Call it now and then.
    ///
    /// @return how many were forgotten
    public int forget() {
        Instant before = clock.instant().minus(FlowDecay.MOST).minus(SLACK);
        return store.write(session -> session.update(
                "delete from flow_label where (subject, about, id) in (select subject, about, id from flow_label"
                        + " where seen_at < ? order by seen_at limit " + FORGET_MAX + ")",
                before));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers by which fingerprints a flow is known: what it was shown and what was withheld from
/// it, in the store, so that another node and the next session know it (requirement S2-14). Kept as
/// long as `flow.yaml` says of the class. Safe for many threads.
public final class FlowPrints {
    private static final Logger LOG = LoggerFactory.getLogger(FlowPrints.class);

    /// Rows of one agent and person: 5,000 answers of four rows. When there are more, the memory is
    /// full.
    static final int ROWS_MAX = 20_000;

    /// Fingerprints that one message is compared with: half a megabyte, sorted in a few milliseconds.
    static final int HELD_MAX = 65_536;

    /// Rows that a node knows to be durable, about 200 bytes each. When there are more, all are
    /// written once more.
    private static final int KNOWN_MAX = 50_000;

    /// Rows that a node adds for one agent and person before it counts theirs again: counting takes
    /// as long as there are rows. So each node may keep this many more than `ROWS_MAX`.
    private static final int UNCOUNTED_MAX = 256;

    /// Agents and persons whose rows a node has counted. When there are more, all are counted anew.
    private static final int COUNTED_MAX = 10_000;

    private static final int FORGET_MAX = 1_000;
    private static final String NOTHING = "-";

    /// How many rows there were, and how many this node has added since.
    private record Counted(long there, long since) {
        Counted with(int rows) {
            return new Counted(there, since + rows);
        }
    }

    private record Part(String subject, String about, String word, String id) {}

    private final Store store;
    private final InstantSource clock;
    private final int rowsMax;
    private final ConcurrentMap<Part, Instant> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counted> counts = new ConcurrentHashMap<>();

    /// @param store shared by every node that sees the same agents
    public FlowPrints(Store store, InstantSource clock) {
        this(store, clock, ROWS_MAX);
    }

    FlowPrints(Store store, InstantSource clock, int rowsMax) {
        this.store = store;
        this.clock = clock;
        this.rowsMax = rowsMax;
    }

    /// Remembers what an answer withholds and shows; what a node knows to be durable is not written
    /// again. Refuses with `Undecidable` when it cannot be written: then the answer must not be
    /// shown.
    public Step<Boolean> keep(FlowKey key, Prints prints) {
        Instant now = clock.instant();
        List<Part> fresh = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        Instant until = now.plus(FlowMemory.SLACK);
        for (Prints.Kept kept : prints.of(key)) {
            byte[] held = kept.bytes();
            Part part = new Part(
                    key.subject(), kept.about(), kept.word(), Digest.of(held).text());
            Instant durable = known.get(part);
            if (durable == null || now.isAfter(durable) || now.isBefore(durable.minus(FlowMemory.SLACK))) {
                fresh.add(part);
                rows.add(row(part, held, until));
            }
        }
        if (prints.full()) {
            rows.add(row(new Part(key.subject(), FlowKey.EVERY, Prints.FULL, NOTHING), new byte[0], until));
        }
        if (rows.isEmpty()) {
            return Step.pass(false);
        }
        try {
            store.write(session -> write(session, key.subject(), rows, until));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what an agent is shown cannot be remembered");
            return Step.refuse(new Refusal.Undecidable("what you are shown cannot be remembered now"));
        }
        if (known.size() + fresh.size() > KNOWN_MAX) {
            known.clear();
        }
        fresh.forEach(part -> known.put(part, until));
        return Step.pass(true);
    }

    private int write(Store.Session session, String subject, List<List<Object>> rows, Instant until) {
        Counted counted = counted(session, subject, rows.size());
        List<List<Object>> written = counted.there() + counted.since() + rows.size() <= rowsMax
                ? rows
                : List.of(row(new Part(subject, FlowKey.EVERY, Prints.FULL, NOTHING), new byte[0], until));
        if (counts.size() >= COUNTED_MAX) {
            counts.clear();
        }
        int added = written.size();
        counts.merge(subject, counted.with(added), (now, anew) -> now.there() == anew.there() ? now.with(added) : anew);
        return session.updateEach(
                "insert into flow_print (subject, about, word, id, prints, seen_at) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (subject, about, word, id) do update set seen_at = excluded.seen_at"
                        + " where flow_print.seen_at < excluded.seen_at",
                written);
    }

    /// Counts anew now and then. What is there already counts twice until then, so the memory is
    /// never taken for emptier than it is but for what other nodes add.
    private Counted counted(Store.Session session, String subject, int more) {
        Optional<Counted> last = Optional.ofNullable(counts.get(subject))
                .filter(known ->
                        known.since() + more <= UNCOUNTED_MAX && known.there() + known.since() + more <= rowsMax);
        return last.orElseGet(() -> new Counted(
                session.query("select count(*) as held from flow_print where subject = ?", subject)
                        .getFirst()
                        .number("held"),
                0));
    }

    private static List<Object> row(Part part, byte[] prints, Instant until) {
        return List.of(part.subject(), part.about(), part.word(), part.id(), prints, Micros.of(until));
    }

    /// By what a flow is known: in its session, or of its customer or case in any session; of a task
    /// that names neither, everything of the agent and its person. Refuses with `Undecidable` when the
    /// store cannot say.
    ///
    /// @param decay   as the bundle in force says
    /// @param classes of the bundle in force
    public Step<HeldPrints> held(FlowKey key, FlowDecay decay, DataClasses classes) {
        Instant now = clock.instant();
        try {
            Sum sum = new Sum();
            for (Store.Record row : store.read(session -> rows(session, key))) {
                Duration age = Duration.between(row.instant("seen_at"), now);
                if (age.compareTo(life(row.text("word"), decay, classes)) < 0) {
                    sum.add(row.text("word"), row.bytes("prints"));
                }
            }
            return Step.pass(sum.held());
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what an agent was shown cannot be read");
            return Step.refuse(new Refusal.Undecidable("what you were shown before cannot be read now"));
        }
    }

    private static Duration life(String word, FlowDecay decay, DataClasses classes) {
        return word.startsWith(Prints.WITHHELD)
                ? decay.of(new DataClass(word.substring(Prints.WITHHELD.length())), classes)
                : decay.usual();
    }

    private static List<Store.Record> rows(Store.Session session, FlowKey key) {
        String what = "select word, prints, seen_at from flow_print where subject = ?";
        String newest = " order by seen_at desc limit " + ROWS_MAX;
        return key.about().isEmpty()
                ? session.query(what + newest, key.subject())
                : session.query(
                        what + " and about in (?, ?, ?)" + newest,
                        key.subject(),
                        key.about().get(),
                        key.session(),
                        FlowKey.EVERY);
    }

    /// Adds up, newest first, what one message is compared with.
    private static final class Sum {
        private final Set<Long> withheld = new HashSet<>();
        private final Set<Long> shown = new HashSet<>();
        private boolean full;

        void add(String word, byte[] prints) {
            if (word.equals(Prints.SHOWN)) {
                all(prints, shown);
            } else if (word.startsWith(Prints.WITHHELD)) {
                full |= !all(prints, withheld);
            } else {
                full = true;
            }
        }

        private static boolean all(byte[] prints, Set<Long> there) {
            ByteBuffer numbers = ByteBuffer.wrap(prints);
            while (numbers.remaining() >= Long.BYTES) {
                if (there.size() >= HELD_MAX) {
                    return false;
                }
                there.add(numbers.getLong());
            }
            return true;
        }

        /// What was shown as it is somewhere is no secret to repeat.
        HeldPrints held() {
            withheld.removeAll(shown);
            return new HeldPrints(withheld, shown, full);
        }
    }

    /// Forgets what no policy can ask for any more, up to 1,000 rows. Call it now and then.
    ///
    /// @param decay as the bundle in force says; the longest of its times counts
    /// @return how many were forgotten
    public int forget(FlowDecay decay) {
        Duration longest = decay.classes().values().stream()
                .reduce(decay.usual(), (one, other) -> one.compareTo(other) > 0 ? one : other);
        Instant now = clock.instant();
        return store.write(session -> session.update(
                "delete from flow_print where (subject, about, word, id) in (select subject, about, word, id"
                        + " from flow_print where seen_at < ? or (word in ('shown', 'full') and seen_at < ?)"
                        + " order by seen_at limit " + FORGET_MAX + ")",
                now.minus(longest).minus(FlowMemory.SLACK),
                now.minus(decay.usual()).minus(FlowMemory.SLACK)));
    }
}

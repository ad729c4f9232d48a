// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.halt.HaltScope.Kind;
import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.store.PageQuery;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops agents, on every node, from the store and from a file on disk (requirement B-12).
///
/// The bound: once `set` has returned on any node, no `check` on any node passes later than
/// `STALE_MAX` (1 s) for what it stops. A check passes only on a view of the switches that began to
/// be read less than 1 s before it; so a view that misses the change is too old by then. The caller
/// runs `refresh` every `REFRESH` (250 ms) on each node. A node that is cut off from the store, or
/// whose loop died, stops everything within the same second, with the scope `unknown`; so does a
/// clock that was set back. The file acts within one refresh. A check costs hash look-ups: no lock,
/// no query.
public final class KillSwitch {
    /// How often the caller refreshes the view.
    public static final Duration REFRESH = Duration.ofMillis(250);

    /// How old a view may be, and so the bound.
    public static final Duration STALE_MAX = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(KillSwitch.class);
    private static final String UNKNOWN = "unknown";
    private static final int WORDS_MAX = 1_000;
    private static final int ID_BYTES = 16;

    /// A token that was handed out lives 60 s; what was let go before can hold none of it.
    private static final Duration TOKENS = Duration.ofMinutes(2);

    /// People let go a few scopes in two minutes, not thousands.
    private static final int LATELY_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HaltFile file;
    private final Ending ending;

    /// Nothing is known before the first refresh, and so nothing passes.
    private volatile @Nullable View view;

    /// What was stopped at a moment.
    ///
    /// @param readAt when reading the store began
    /// @param stored what the store stops
    /// @param lately what was let go lately, the latest first
    /// @param onDisk what the file stops; nothing when it cannot be told
    private record View(Instant readAt, HaltSet stored, List<Halt> lately, Optional<HaltSet> onDisk) {}

    /// What ends with those who are stopped, in the same transaction: when `set` has returned, it
    /// is gone on every node. Asked again when they are let go, since a call that was under way may
    /// have made something in between.
    public interface Ending {
        /// Ends what belongs to the scope.
        ///
        /// @return how much there was
        int end(Store.Session session, HaltScope scope);
    }

    /// A switch with which nothing ends but calls.
    public KillSwitch(Store store, InstantSource clock, RandomGenerator random, Path file) {
        this(store, clock, random, file, (_, _) -> 0);
    }

    /// @param random gives ids to the history
    /// @param file   the switch on disk; it need not exist
    /// @param ending what ends beside calls
    public KillSwitch(Store store, InstantSource clock, RandomGenerator random, Path file, Ending ending) {
        this.ending = ending;
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.file = new HaltFile(file);
    }

    /// Passes a call that nothing stops.
    ///
    /// @return the subject, or `Halted` with the kind of the scope, or `unknown` when the switches
    ///     cannot be read
    public Step<HaltSubject> check(HaltSubject subject) {
        View known = view;
        if (known == null || known.onDisk().isEmpty() || !fresh(known)) {
            return Step.refuse(new Refusal.Halted(UNKNOWN));
        }
        Optional<Kind> stopped =
                known.stored().stops(subject).or(() -> known.onDisk().flatMap(file -> file.stops(subject)));
        return stopped.<Step<HaltSubject>>map(kind -> Step.refuse(new Refusal.Halted(kind.word())))
                .orElseGet(() -> Step.pass(subject));
    }

    /// Passes a token that was handed out at `issued`, unless a switch stopped its holder since:
    /// resuming gives back no token that was out when it was stopped.
    ///
    /// @return the subject, or `Halted` with the kind of the scope, or `unknown`
    public Step<HaltSubject> check(HaltSubject subject, Instant issued) {
        return check(subject).then(_ -> {
            View known = view;
            Optional<Halt> since = known == null
                    ? Optional.empty()
                    : known.lately().stream()
                            .filter(halt ->
                                    !halt.at().isBefore(issued) && halt.scope().covers(subject))
                            .findFirst();
            return since.<Step<HaltSubject>>map(halt ->
                            Step.refuse(new Refusal.Halted(halt.scope().kind().word())))
                    .orElseGet(() -> Step.pass(subject));
        });
    }

    /// Reads the switches anew. Never throws: what cannot be read grows old, and then nothing
    /// passes. One at a time, so that an older view never follows a newer one; checks do not wait.
    ///
    /// @return whether the store was read
    public synchronized boolean refresh() {
        Optional<HaltSet> onDisk = file.scopes().map(HaltSet::of);
        View before = view;
        if (before != null) {
            // The file counts at once, also while the store is silent.
            view = new View(before.readAt(), before.stored(), before.lately(), onDisk);
        }
        Instant began = clock.instant();
        try {
            view = store.readAhead(
                    session -> new View(began, HaltSet.of(stored(session)), lately(session, began), onDisk));
            return true;
        } catch (StoreFailure | IllegalArgumentException failed) {
            LOG.atWarn().addKeyValue("error", failed.getMessage()).log("kill switches cannot be read");
            return false;
        }
    }

    /// Switches one on. Stops on this node at once, on the others within the bound.
    ///
    /// @param by  who does it
    /// @param why 1 to 1,000 characters
    public void set(HaltScope scope, String by, String why) {
        worded(by, why);
        Instant now = clock.instant();
        store.write(session -> {
            session.update(
                    "insert into halt (kind, subject, set_by, why, set_at) values (?, ?, ?, ?, ?)"
                            + " on conflict (kind, subject) do update set set_by = excluded.set_by,"
                            + " why = excluded.why, set_at = excluded.set_at",
                    scope.kind().word(),
                    scope.subject(),
                    by,
                    why,
                    now);
            return remember(session, new Halt(scope, true, by, why, now));
        });
        refresh();
    }

    /// Switches one off.
    ///
    /// @return false when it was not on; a scope in the file is taken out of the file
    public boolean clear(HaltScope scope, String by, String why) {
        worded(by, why);
        Instant now = clock.instant();
        boolean cleared = store.write(session -> {
            boolean was = session.update(
                            "delete from halt where kind = ? and subject = ?",
                            scope.kind().word(),
                            scope.subject())
                    == 1;
            return was && remember(session, new Halt(scope, false, by, why, now));
        });
        refresh();
        return cleared;
    }

    /// Switches that are on in the store, the newest first.
    public List<Halt> list() {
        return store.read(session -> session
                .query("select kind, subject, 1 as switched_on, set_by as switched_by, why, set_at as switched_at"
                        + " from halt order by set_at desc, kind, subject")
                .stream()
                .map(KillSwitch::halt)
                .toList());
    }

    /// Ends what belongs to a scope that the file on disk stops, or stopped: a file has no transaction.
    public void end(HaltScope scope) {
        int _ = store.write(session -> ending.end(session, scope));
    }

    /// What the file on disk stops: nothing when it is there and cannot be read, and so stops
    /// everything.
    public Optional<Set<HaltScope>> onDisk() {
        return file.scopes();
    }

    /// Every time that one was switched, the newest first.
    public Paged<Halt> history(Optional<String> cursor, int limit) {
        PageQuery query = new PageQuery(
                "halt_history",
                List.of("id", "kind", "subject", "switched_on", "switched_by", "why", "switched_at"),
                List.of(),
                List.of(new PageQuery.Key("switched_at", true), new PageQuery.Key("id", true)),
                List.of(),
                Math.clamp(limit, 1, Paged.LIMIT_MAX));
        return store.read(session -> Paged.read(session, query, cursor, KillSwitch::halt));
    }

    private boolean fresh(View known) {
        Duration age = Duration.between(known.readAt(), clock.instant());
        return !age.isNegative() && age.compareTo(STALE_MAX) < 0;
    }

    private static Set<HaltScope> stored(Store.Session session) {
        Set<HaltScope> scopes = new HashSet<>();
        session.query("select kind, subject from halt").forEach(row -> scopes.add(scope(row)));
        return Set.copyOf(scopes);
    }

    private static List<Halt> lately(Store.Session session, Instant now) {
        return session
                .query(
                        "select kind, subject, switched_on, switched_by, why, switched_at from halt_history"
                                + " where switched_at > ? and switched_on = 0 order by switched_at desc limit ?",
                        now.minus(TOKENS),
                        LATELY_MAX)
                .stream()
                .map(KillSwitch::halt)
                .toList();
    }

    private static HaltScope scope(Store.Record row) {
        Kind kind = Kind.of(row.text("kind"))
                .orElseThrow(() -> new IllegalArgumentException("a stored kill switch is of no known kind"));
        return new HaltScope(kind, row.text("subject"));
    }

    private static Halt halt(Store.Record row) {
        return new Halt(
                scope(row),
                row.truth("switched_on"),
                row.text("switched_by"),
                row.text("why"),
                row.instant("switched_at"));
    }

    private boolean remember(Store.Session session, Halt halt) {
        int _ = ending.end(session, halt.scope());
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        session.update(
                "insert into halt_history (id, kind, subject, switched_on, switched_by, why, switched_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                HexFormat.of().formatHex(id),
                halt.scope().kind().word(),
                halt.scope().subject(),
                halt.on(),
                halt.by(),
                halt.why(),
                halt.at());
        Notes.add(
                session,
                new Note(
                        halt.on() ? Note.Event.HALTED : Note.Event.RESUMED,
                        halt.by(),
                        halt.at(),
                        Map.of("scope", halt.scope().toString())));
        return true;
    }

    private static void worded(String by, String why) {
        Require.id("by", by);
        Require.require(!why.isBlank() && why.length() <= WORDS_MAX, "a reason has 1 to 1,000 characters");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.halt.HaltScope.Kind;
import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.store.PageQuery;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Require;
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

/// Kill switches as the store keeps them, with the history of who switched what.
///
/// @param random gives ids to the history
/// @param ending what ends beside calls
record HaltBook(Store store, InstantSource clock, RandomGenerator random, KillSwitch.Ending ending) {
    private static final int WORDS_MAX = 1_000;
    private static final int ID_BYTES = 16;

    /// A token that was handed out lives 60 s; what was let go before can hold none of it.
    private static final Duration TOKENS = Duration.ofMinutes(2);

    /// People let go a few scopes in two minutes, not thousands.
    private static final int LATELY_MAX = 1_000;

    /// Switches one on. Stops on this node at once, on the others within the bound.
    ///
    /// @param by  who does it
    /// @param why 1 to 1,000 characters
    void set(HaltScope scope, String by, String why) {
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
    }

    /// Switches one off.
    ///
    /// @return false when it was not on; a scope in the file is taken out of the file
    boolean clear(HaltScope scope, String by, String why) {
        worded(by, why);
        Instant now = clock.instant();
        return store.write(session -> {
            boolean was = session.update(
                            "delete from halt where kind = ? and subject = ?",
                            scope.kind().word(),
                            scope.subject())
                    == 1;
            return was && remember(session, new Halt(scope, false, by, why, now));
        });
    }

    /// Switches that are on in the store, the newest first.
    List<Halt> list() {
        return store.read(session -> session
                .query("select kind, subject, 1 as switched_on, set_by as switched_by, why, set_at as switched_at"
                        + " from halt order by set_at desc, kind, subject")
                .stream()
                .map(HaltBook::halt)
                .toList());
    }

    /// Ends what belongs to a scope that the file on disk stops, or stopped: a file has no transaction.
    void end(HaltScope scope) {
        int _ = store.write(session -> ending.end(session, scope));
    }

    /// Every time that one was switched, the newest first.
    Paged<Halt> history(Optional<String> cursor, int limit) {
        PageQuery query = new PageQuery(
                "halt_history",
                List.of("id", "kind", "subject", "switched_on", "switched_by", "why", "switched_at"),
                List.of(),
                List.of(new PageQuery.Key("switched_at", true), new PageQuery.Key("id", true)),
                List.of(),
                Math.clamp(limit, 1, Paged.LIMIT_MAX));
        return store.read(session -> Paged.read(session, query, cursor, HaltBook::halt));
    }

    Set<HaltScope> stored(Store.Session session) {
        Set<HaltScope> scopes = new HashSet<>();
        session.query("select kind, subject from halt").forEach(row -> scopes.add(scope(row)));
        return Set.copyOf(scopes);
    }

    List<Halt> lately(Store.Session session, Instant now) {
        return session
                .query(
                        "select kind, subject, switched_on, switched_by, why, switched_at from halt_history"
                                + " where switched_at > ? and switched_on = 0 order by switched_at desc limit ?",
                        now.minus(TOKENS),
                        LATELY_MAX)
                .stream()
                .map(HaltBook::halt)
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

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.store.Store;
import java.util.Optional;

/// The number under which a store knows a log: nodes that share a database have a log each.
public record LogNumber(long value) {
    /// Numbers of values are log × 2^40 + count and must stay whole in JSON, below 2^53.
    private static final long LOGS_MAX = (1L << 13) - 1;

    private static final int VALUE_BITS = 40;

    /// No log has it.
    static final LogNumber NONE = new LogNumber(0);

    /// The number of the log of this name; a new one gets the next.
    public static LogNumber register(Store store, String name) {
        return store.write(session -> {
            session.lock("audit-log");
            return known(session, name).orElseGet(() -> {
                session.update(
                        "insert into audit_log (id, name, indexed)"
                                + " select coalesce(max(id), 0) + 1, ?, 0 from audit_log",
                        name);
                LogNumber number = known(session, name).orElseThrow();
                require(number.value() <= LOGS_MAX, "a store serves at most " + LOGS_MAX + " logs");
                return number;
            });
        });
    }

    /// The number of a log; `NONE` when the store does not know it.
    static LogNumber of(Store store, String name) {
        return store.read(session -> known(session, name)).orElse(NONE);
    }

    private static Optional<LogNumber> known(Store.Session session, String name) {
        return session.one("select id from audit_log where name = ?", name).map(row -> new LogNumber(row.number("id")));
    }

    /// The first number that a value of this log may have.
    long firstValue() {
        return value << VALUE_BITS;
    }

    /// The first number beyond them.
    long endOfValues() {
        return (value + 1) << VALUE_BITS;
    }
}

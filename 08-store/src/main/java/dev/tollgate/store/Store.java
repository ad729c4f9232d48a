// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.terms.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where state lives that a second node or the next start must know. Safe for many threads. Every
/// failure is a `StoreFailure`, which says whether the change may have happened; what `work` throws
/// comes out as it is, and undoes what `work` did and nothing else.
public interface Store extends AutoCloseable {
    /// The databases that there are, for the few statements that both do not share.
    enum Database {
        SQLITE,
        POSTGRES
    }

    /// Which database it is.
    Database database();

    /// Reads one consistent snapshot: changes that commit meanwhile stay unseen. `work` must not write.
    <T> T read(Function<Session, T> work);

    /// As `read`, on a place of its own, so that nobody else's reads are waited for: for the few
    /// things that a node must know in time however busy it is. One at a time.
    default <T> T readAhead(Function<Session, T> work) {
        return read(work);
    }

    /// Changes the store in one transaction, which is durable when this returns. On PostgreSQL
    /// transactions run side by side at `READ COMMITTED`: guard updates in their `where`, or take a
    /// `Session.lock` first.
    <T> T write(Function<Session, T> work);

    /// As `read`, of one tenant's rows.
    default <T> T read(TenantId tenant, Function<Session, T> work) {
        return read(session -> {
            session.within(tenant);
            return work.apply(session);
        });
    }

    /// As `read`, of every tenant's rows.
    default <T> T read(Crossing why, Function<Session, T> work) {
        return read(session -> {
            session.across(why);
            return work.apply(session);
        });
    }

    /// As `write`, of one tenant's rows.
    default <T> T write(TenantId tenant, Function<Session, T> work) {
        return write(session -> {
            session.within(tenant);
            return work.apply(session);
        });
    }

    /// As `write`, of every tenant's rows.
    default <T> T write(Crossing why, Function<Session, T> work) {
        return write(session -> {
            session.across(why);
            return work.apply(session);
        });
    }

    /// As `write`, but completes when durable. Waits for a place in a bounded queue, never for the
    /// disk. What depends on the future must not block and must not call `write`: it runs on the
    /// store's own thread.
    <T> CompletableFuture<T> writeAsync(Function<Session, T> work);

    /// Lets queued changes finish, then gives everything back.
    @Override
    void close();

    /// One transaction. Valid inside `work` only, on its thread. After a statement failed the
    /// transaction is lost: every further one fails alike, and so does the work, whether it catches
    /// or not. Statements are cached by their text: keep values out of it, they would also end up
    /// in failure messages.
    interface Session {
        /// Rows that `sql` returns, at most 100,000; also for `insert … returning` in a write.
        ///
        /// @param args text without U+0000, whole numbers, truth values, `Instant`, `byte[]` or
        ///             null, one for each `?`
        List<Record> query(String sql, @Nullable Object... args);

        /// Rows that `sql` changed.
        int update(String sql, @Nullable Object... args);

        /// Rows that `sql` changed over all of `rows`, each a list of arguments; the quick way to
        /// load many.
        int updateEach(String sql, List<? extends List<? extends @Nullable Object>> rows);

        /// The only row, or nothing when there is none.
        ///
        /// @throws IllegalStateException when there are several
        default Optional<Record> one(String sql, @Nullable Object... args) {
            List<Record> rows = query(sql, args);
            if (rows.size() > 1) {
                throw new IllegalStateException("a query for one row found several: `" + sql + "`");
            }
            return rows.stream().findFirst();
        }

        /// From the next statement on, rows of this tenant alone are there, in tables whose rows are a
        /// tenant's; before it none is. PostgreSQL sees to it whatever a statement says
        /// (docs/adr/0030); SQLite has no such wall.
        void within(TenantId tenant);

        /// From the next statement on, rows of every tenant are there.
        void across(Crossing why);

        /// Keeps every other transaction, on any node, that asks for the same name waiting until
        /// this one ends.
        void lock(String name);

        /// The database's own clock, which all nodes share, to the millisecond or better.
        Instant now();
    }

    /// One row of a result, detached from the database. Column names are lower case. Asking for a
    /// column that is not there, for NULL where a value is due, or for the wrong kind is a bug and
    /// throws `IllegalStateException`.
    @SuppressWarnings("AvoidCommonTypeNames")
    interface Record {
        /// Names of the columns, in order.
        List<String> columns();

        boolean isNull(String column);

        String text(String column);

        long number(String column);

        byte[] bytes(String column);

        /// A column of epoch microseconds.
        default Instant instant(String column) {
            return Micros.instant(number(column));
        }

        /// A column of 0 and 1.
        default boolean truth(String column) {
            return number(column) != 0;
        }

        default Optional<String> textIfAny(String column) {
            return isNull(column) ? Optional.empty() : Optional.of(text(column));
        }

        default Optional<Long> numberIfAny(String column) {
            return isNull(column) ? Optional.empty() : Optional.of(number(column));
        }
    }
}

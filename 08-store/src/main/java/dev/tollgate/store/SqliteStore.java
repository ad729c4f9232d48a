// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.store.StoreFailure.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The embedded store: a file in write-ahead mode with `synchronous=FULL`, one writer with group
/// commit, several readers. H2 was rejected: it acknowledges what it never asked the disk to keep.
final class SqliteStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    /// Readers at once. A read takes microseconds, so more would only take memory.
    private static final int READERS = 8;

    /// A reader that is not free by then is held by work that does not end.
    private static final int READER_MILLIS_MAX = 5_000;

    private final SqliteConnection writing;
    private final SqliteWriter writer;
    private final List<SqliteConnection> readers;

    /// For `readAhead` alone, behind its lock.
    private final SqliteConnection ahead;

    private final ReentrantLock aheadLock = new ReentrantLock();

    /// Last in, first out: the warmest statements and page cache serve again.
    private final BlockingDeque<SqliteConnection> free;

    private volatile boolean closed;

    private SqliteStore(SqliteConnection writing, SqliteConnection ahead, List<SqliteConnection> readers) {
        this.writing = writing;
        this.writer = new SqliteWriter(writing);
        this.ahead = ahead;
        this.readers = readers;
        this.free = new LinkedBlockingDeque<>(readers);
    }

    static Store open(StoreConfig.Sqlite config) {
        return open(config.file(), SynchronousMode.FULL);
    }

    static Store open(Path file, SynchronousMode sync) {
        create(file);
        List<SqliteConnection> opened = new ArrayList<>();
        try {
            SqliteConnection writing = SqliteConnection.open(file, sync, true);
            opened.add(writing);
            Migrations.run(writing.raw(), SqliteConnection.source(file), Database.SQLITE);
            SqliteConnection ahead = SqliteConnection.open(file, sync, false);
            opened.add(ahead);
            List<SqliteConnection> readers = new ArrayList<>();
            for (int at = 0; at < READERS; at++) {
                SqliteConnection reader = SqliteConnection.open(file, sync, false);
                opened.add(reader);
                readers.add(reader);
            }
            return new SqliteStore(writing, ahead, List.copyOf(readers));
        } catch (SQLException thrown) {
            opened.forEach(SqliteStore::closeQuietly);
            throw Failures.of(thrown, "open the database");
        } catch (RuntimeException thrown) {
            opened.forEach(SqliteStore::closeQuietly);
            throw thrown;
        }
    }

    /// SQLite gives its companions (`-wal`, `-shm`) the permissions of the file, so the file is
    /// made first.
    private static void create(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.exists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            // The usual start.
        } catch (IOException thrown) {
            throw new StoreFailure(
                    Kind.UNREACHABLE,
                    "cannot create the database file (" + thrown.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public Database database() {
        return Database.SQLITE;
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        SqliteConnection reader = reader();
        try {
            return reader.snapshot(work);
        } finally {
            free.addFirst(reader);
        }
    }

    @Override
    public <T> T readAhead(Function<Session, T> work) {
        aheadLock.lock();
        try {
            if (closed) {
                throw new StoreFailure(Kind.UNREACHABLE, "the store is closed");
            }
            return ahead.snapshot(work);
        } finally {
            aheadLock.unlock();
        }
    }

    private SqliteConnection reader() {
        if (closed) {
            throw new StoreFailure(Kind.UNREACHABLE, "the store is closed");
        }
        try {
            SqliteConnection reader = free.pollFirst(READER_MILLIS_MAX, TimeUnit.MILLISECONDS);
            if (reader == null) {
                throw new StoreFailure(Kind.TIMEOUT, "no reader of the store came free in time");
            }
            return reader;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Kind.TIMEOUT, "interrupted while waiting for a reader of the store");
        }
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        if (writer.isCurrentThread()) {
            throw new IllegalStateException("a change must not wait for another change of the store");
        }
        return Waiting.on(writer.submit(work));
    }

    @Override
    public <T> CompletableFuture<T> writeAsync(Function<Session, T> work) {
        return writer.submit(work);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close();
        // A read that is under way keeps its connection; the process ends with it.
        List<SqliteConnection> idle = new ArrayList<>();
        free.drainTo(idle);
        idle.forEach(SqliteStore::closeQuietly);
        if (idle.size() < readers.size()) {
            LOG.atWarn().addKeyValue("readers", readers.size() - idle.size()).log("store closed while it was read");
        }
        aheadLock.lock();
        try {
            closeQuietly(ahead);
        } finally {
            aheadLock.unlock();
        }
        closeQuietly(writing);
    }

    private static void closeQuietly(SqliteConnection connection) {
        try {
            connection.close();
        } catch (SQLException thrown) {
            LOG.atWarn().addKeyValue("code", thrown.getErrorCode()).log("connection did not close");
        }
    }
}

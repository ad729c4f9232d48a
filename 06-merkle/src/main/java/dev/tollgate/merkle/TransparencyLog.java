// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// An append-only log of entries whose whole past one signed checkpoint pins down (RFC 6962 tree, C2SP
/// tlog-tiles, tlog-checkpoint and tlog-proof). An entry is acknowledged when it is durable, never
/// before.
///
/// On disk: `segments/` is the truth; `tile/` and `checkpoint` are derived from it, for readers that
/// know C2SP only. One process writes a folder at a time. Safe for many threads.
public final class TransparencyLog implements AutoCloseable {
    /// C2SP entry bundles hold no larger one.
    public static final int ENTRY_BYTES_MAX = SegmentFormat.ENTRY_BYTES_MAX;

    private final LogOptions options;
    private final Closeable hold;
    private final SignedNote notes;
    private final Committer committer;
    private final Shelf shelf;
    private final Publisher publisher;
    private final Waiting waiting = new Waiting();
    private final Thread thread;

    /// Opens a log with the options that suit its key, making it when the folder has none.
    ///
    /// @throws LogDamaged when what the folder holds cannot come from appending and crashing; nothing
    ///     is changed then
    public static TransparencyLog open(Path folder, SigningKey key, String origin, InstantSource clock)
            throws IOException {
        return open(folder, key, origin, clock, LogOptions.suiting(key));
    }

    /// Opens a log, making it when the folder has none.
    ///
    /// @param origin names the log in its checkpoints: printable ASCII without spaces and `+`
    /// @throws LogDamaged when what the folder holds cannot come from appending and crashing; nothing
    ///     is changed then
    public static TransparencyLog open(
            Path folder, SigningKey key, String origin, InstantSource clock, LogOptions options) throws IOException {
        return open(new OsDisk(), folder, key, origin, clock, options);
    }

    static TransparencyLog open(
            Disk disk, Path folder, SigningKey key, String origin, InstantSource clock, LogOptions options)
            throws IOException {
        disk.createFolders(folder);
        Closeable hold =
                disk.lock(folder.resolve("lock")).orElseThrow(() -> new IOException("another process writes this log"));
        try {
            return new TransparencyLog(disk, folder, new SignedNote(origin, key), key, clock, options, hold);
        } catch (IOException | RuntimeException failed) {
            hold.close();
            throw failed;
        }
    }

    private TransparencyLog(
            Disk disk,
            Path folder,
            SignedNote notes,
            SigningKey key,
            InstantSource clock,
            LogOptions options,
            Closeable hold)
            throws IOException {
        this.options = options;
        this.hold = hold;
        this.notes = notes;
        List<VerifyingKey> keys = new ArrayList<>(options.retired());
        keys.add(key.verifyingKey());
        Segments segments = Segments.in(disk, folder);
        disk.forceFolder(folder);
        disk.delete(segments.spare());
        SpareSegment spare = new SpareSegment(segments, options.segmentBytes(), clock);
        Recovery recovery = new Recovery(segments, notes, keys);
        if (segments.isEmpty()) {
            recovery.refuseLoss();
            Committer.begin(segments, notes, spare);
        }
        this.committer = new Committer(segments, notes, options.checkpointEvery(), clock, spare, recovery.find());
        this.shelf = new Shelf(segments);
        this.publisher = new Publisher(shelf, () -> committer.head().checkpoint(), options.publishEvery());
        this.thread = Thread.ofPlatform().name("log-committer").daemon().start(this::run);
    }

    /// Appends an entry and returns when it is durable. The index is never given to another entry.
    ///
    /// @param entry 0 to 65,535 bytes
    /// @throws Unwritable when it is not durable; what depends on it must not happen
    public Appended append(byte[] entry) {
        return await(appendAsync(entry));
    }

    /// Appends an entry; the future completes when it is durable, or exceptionally with `Unwritable`.
    /// Completes on the thread that writes the log: what depends on it should be short, or use one of
    /// the `…Async` methods.
    public CompletableFuture<Appended> appendAsync(byte[] entry) {
        require(entry.length <= ENTRY_BYTES_MAX, "an entry has at most " + ENTRY_BYTES_MAX + " bytes");
        Pending.Entry pending = new Pending.Entry(entry);
        enqueue(pending);
        return pending.waiting();
    }

    private void enqueue(Pending pending) {
        waiting.add(pending).ifPresent(why -> pending.waiting().completeExceptionally(new Unwritable(why, null)));
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Unwritable unwritable) {
                throw unwritable;
            }
            throw failed;
        }
    }

    /// The newest signed checkpoint. Covers every durable entry, or those of a tenth of a second ago.
    public Checkpoint checkpoint() {
        return committer.head().checkpoint();
    }

    /// A checkpoint that covers every entry that is durable now.
    ///
    /// @throws Unwritable when none can be signed and kept
    public Checkpoint sign() {
        Committer.Head head = committer.head();
        if (head.checkpoint().size() == head.size()) {
            return head.checkpoint();
        }
        CompletableFuture<Checkpoint> signed = new CompletableFuture<>();
        enqueue(new Pending.Sign(signed));
        return await(signed);
    }

    /// Durable entries.
    public long size() {
        return committer.head().size();
    }

    /// What entry `index` holds.
    public byte[] entry(long index) {
        require(0 <= index && index < size(), "the log has no such entry");
        return shelf.entry(index);
    }

    /// Hashes from the leaf's sibling up to the root's child, for entry `index` in the tree of `size` entries.
    public List<Digest> inclusion(long index, long size) {
        require(size <= size(), "the log is not that long");
        return shelf.prove(size, proofs -> proofs.inclusion(index, size));
    }

    /// Hashes that prove that the tree of `newer` entries begins with the tree of `older` entries.
    public List<Digest> consistency(long older, long newer) {
        require(newer <= size(), "the log is not that long");
        return shelf.prove(newer, proofs -> proofs.consistency(older, newer));
    }

    /// A proof that needs no access to the log (C2SP tlog-proof): the entry's index and path, and the
    /// checkpoint.
    public String proof(long index) {
        Checkpoint covering = checkpoint().size() > index ? checkpoint() : sign();
        StringBuilder text = new StringBuilder("c2sp.org/tlog-proof@v1\nindex " + index + "\n");
        for (Digest hash : inclusion(index, covering.size())) {
            text.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
        }
        return text.append('\n').append(covering.note()).toString();
    }

    /// Takes each durable entry, oldest first.
    public interface EntrySink {
        /// One entry; an exception ends the scan.
        void take(long index, byte[] entry);
    }

    /// Reads durable entries from `from` up to `to`, which is at most the size, straight from the segments.
    public void scan(long from, long to, EntrySink sink) {
        require(0 <= from && from <= to && to <= size(), "the log has no such range");
        shelf.scan(from, to, sink);
    }

    /// Publishes tiles, bundles and the newest checkpoint now. Otherwise that happens by itself, a little
    /// later.
    public Checkpoint publish() throws IOException {
        Checkpoint newest = sign();
        shelf.publish(newest);
        return newest;
    }

    /// The key that readers of this log are configured with (C2SP signed-note): `origin+hash+key`.
    public String verifierKey() {
        return notes.verifierKey();
    }

    /// Why the log takes no entries, when it takes none. A missing room is no such reason: it may be found
    /// again.
    public Optional<Unwritable.Kind> failure() {
        return waiting.closed();
    }

    /// Derived files that could not be written since the log was opened. They are derived again when they are
    /// needed.
    public long derivedFailures() {
        return shelf.failures() + publisher.failures();
    }

    private void run() {
        List<Pending> taken = List.of();
        Unwritable.Kind end = Unwritable.Kind.FAILED;
        try {
            while (!taken.isEmpty() || waiting.closed().isEmpty()) {
                taken = waiting.take(patienceNanos());
                committer.commit(taken.isEmpty() ? List.of(new Pending.Sign(new CompletableFuture<>())) : taken);
                publisher.wake();
            }
            end = Unwritable.Kind.CLOSED;
        } catch (IOException broken) {
            fail(taken, Unwritable.Kind.FAILED, broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // Whatever ended the loop, a caller must not wait for ever, nor hear of success.
            fail(taken, end, null);
        }
    }

    private long patienceNanos() {
        return committer.unsigned()
                ? Math.max(Waiting.IDLE_NANOS_MIN, options.checkpointEvery().toNanos())
                : Waiting.FOREVER_NANOS;
    }

    private void fail(List<Pending> taken, Unwritable.Kind why, @Nullable IOException cause) {
        waiting.close(why);
        List<Pending> lost = new ArrayList<>(taken);
        lost.addAll(waiting.drain());
        lost.forEach(pending -> pending.waiting().completeExceptionally(new Unwritable(why, cause)));
    }

    /// Makes durable what waits, signs and publishes it, and lets go of the folder.
    @Override
    public void close() {
        waiting.close(Unwritable.Kind.CLOSED);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try (hold;
                shelf;
                committer) {
            publisher.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

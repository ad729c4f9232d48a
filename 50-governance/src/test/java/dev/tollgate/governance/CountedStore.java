// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance;

import dev.tollgate.store.Store;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Counts how often a store is read.
public final class CountedStore implements Store {
    private final Store behind;
    private final AtomicLong reads = new AtomicLong();

    /// @param behind the store that is counted
    public CountedStore(Store behind) {
        this.behind = behind;
    }

    /// Reads so far.
    public long reads() {
        return reads.get();
    }

    @Override
    public Database database() {
        return behind.database();
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        reads.incrementAndGet();
        return behind.read(work);
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        return behind.write(work);
    }

    @Override
    public <T> CompletableFuture<T> writeAsync(Function<Session, T> work) {
        return behind.writeAsync(work);
    }

    @Override
    public void close() {
        behind.close();
    }
}

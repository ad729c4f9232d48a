// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.store.StoreFailure.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for a change that another thread makes durable.
final class Waiting {
    /// Longer than any timeout underneath: whoever waits longer waits for a disk that does not come back.
    private static final int MILLIS_MAX = 30_000;

    private Waiting() {}

    static <T> T on(CompletableFuture<T> change) {
        try {
            return change.get(MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw unwrapped(failed);
        } catch (TimeoutException _) {
            throw new StoreFailure(Kind.UNKNOWN_OUTCOME, "the store did not finish a change in " + MILLIS_MAX + " ms");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Kind.UNKNOWN_OUTCOME, "interrupted while the store finished a change");
        }
    }

    private static RuntimeException unwrapped(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException thrown -> thrown;
            case Error thrown -> throw thrown;
            case null, default -> new IllegalStateException("a change failed without a reason", failed);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits for what another thread is about to do.
final class Until {
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Until() {}

    /// What `look` finds, once it finds something.
    static <T> T found(Supplier<Optional<T>> look) {
        long began = System.nanoTime();
        Optional<T> found = look.get();
        while (found.isEmpty() && System.nanoTime() - began < NANOS_MAX) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = look.get();
        }
        return found.orElseThrow(() -> new AssertionError("it did not come about"));
    }
}

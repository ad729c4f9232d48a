// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.governance.journal.ChangeKeys;
import dev.tollgate.lineage.FlowDecay;
import dev.tollgate.store.SingleUse;
import dev.tollgate.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what has expired, so that the store stays as large as what is alive.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private static final int EVERY_SECONDS = 30;

    /// No clock of a node is that far behind; until then an expired id still counts as used.
    private static final Duration KEPT = Duration.ofMinutes(10);

    /// Rounds of one sweep, 1,000 ids each: more than a node uses up in the time between two sweeps.
    private static final int ROUNDS_MAX = 200;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());
    private final ScheduledFuture<?> sweeping;

    Housekeeping(SingleUse uses, Memories memories, Supplier<FlowDecay> decay, ChangeKeys keys, InstantSource clock) {
        sweeping = timer.scheduleWithFixedDelay(
                () -> sweep(uses, memories, decay, keys, clock), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static void sweep(
            SingleUse uses, Memories memories, Supplier<FlowDecay> decay, ChangeKeys keys, InstantSource clock) {
        try {
            Instant before = clock.instant().minus(KEPT);
            int forgotten = 1;
            for (int round = 0; round < ROUNDS_MAX && forgotten > 0; round++) {
                forgotten = uses.forget(before) + memories.forget(decay) + keys.forget();
            }
        } catch (StoreFailure failed) {
            LOG.atWarn()
                    .addKeyValue("cause", failed.kind())
                    .log("what has expired could not be forgotten, trying again later");
        }
    }

    @Override
    public void close() {
        sweeping.cancel(false);
        timer.shutdownNow();
    }
}

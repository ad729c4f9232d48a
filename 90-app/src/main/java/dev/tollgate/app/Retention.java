// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets changes, rollbacks and approvals, with the values that they hold, when their time is over. The
/// audit log keeps what happened; these keep values of customers, and no longer than somebody may need them.
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final int EVERY_SECONDS = 60;

    /// Rounds of one sweep, 1,000 each: a backlog of a hundred thousand is gone in two minutes, and calls
    /// hardly feel it.
    private static final int ROUNDS_MAX = 50;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("retention").factory());
    private final ScheduledFuture<?> sweeping;

    Retention(Foundations base, Approvals approvals) {
        ChangeJournal journal = new ChangeJournal(base.store(), base.clock());
        List<ToIntFunction<Instant>> all = List.of(journal::forget, Rollbacks.desk(base)::forget, approvals::forget);
        Duration kept = Duration.ofDays(base.configuration().log().journalDays());
        sweeping = timer.scheduleWithFixedDelay(
                () -> sweep(all, base.clock().instant().minus(kept)), 1, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static void sweep(List<ToIntFunction<Instant>> all, Instant before) {
        try {
            for (ToIntFunction<Instant> one : all) {
                int forgotten = 1;
                for (int round = 0; round < ROUNDS_MAX && forgotten > 0; round++) {
                    forgotten = one.applyAsInt(before);
                }
            }
        } catch (StoreFailure failed) {
            LOG.atWarn().addKeyValue("cause", failed.kind()).log("what is old could not be forgotten, trying again");
        } catch (RuntimeException bug) {
            // A loop that throws never runs again.
            LOG.atError().setCause(bug).log("what is old could not be forgotten, trying again");
        }
    }

    @Override
    public void close() {
        sweeping.cancel(false);
        timer.shutdown();
    }
}

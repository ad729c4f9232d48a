// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.oversight.Oversight;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where people decide and stop: approvals, and the kill switches with the loop that keeps this node's view
/// of them
/// fresh. The view's age is measured by the machine's own clock: a test that moves time does not make it stale.
record Governance(Oversight oversight, ScheduledExecutorService timer, ScheduledFuture<?> refreshing)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Governance.class);

    /// The kill switch on disk, in the data folder: works when nothing else does.
    static final String HALT_FILE = "halt";

    static Governance open(Foundations base) {
        Approvals approvals = new Approvals(
                base.store(),
                base.clock(),
                base.random(),
                ApprovalLimits.DEFAULT,
                (_, decoy, approver) -> LOG.atWarn()
                        .addKeyValue("approval", decoy.id().value())
                        .addKeyValue("approver", approver.user().value())
                        .log("a decoy was approved"));
        KillSwitch halts = new KillSwitch(
                base.store(),
                InstantSource.system(),
                base.random(),
                base.configuration().data().resolve(HALT_FILE));
        halts.refresh();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("kill-switch").factory());
        long every = KillSwitch.REFRESH.toMillis();
        ScheduledFuture<?> refreshing =
                timer.scheduleWithFixedDelay(halts::refresh, every, every, TimeUnit.MILLISECONDS);
        return new Governance(
                new Oversight(base.store(), approvals, halts, new ChangeJournal(base.store(), base.clock())),
                timer,
                refreshing);
    }

    @Override
    public void close() {
        refreshing.cancel(false);
        timer.shutdownNow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.QueueDecoyAlarm;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.ChangeKeys;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.secrets.Artifacts;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Where people decide and stop: approvals, and the kill switches with the loop that keeps this node's
/// view of them fresh. The view's age is measured by the machine's own clock: a test that moves time
/// does not make it stale.
record Governance(
        Oversight oversight, Exceptions exceptions, ScheduledExecutorService timer, ScheduledFuture<?> refreshing)
        implements AutoCloseable {
    /// The kill switch on disk, in the data folder: works when nothing else does.
    static final String HALT_FILE = "halt";

    static Governance open(Foundations base, AuditLog audit) {
        Exceptions exceptions = Exceptions.open(base, audit);
        Approvals approvals = approvals(base, exceptions.queue());
        KillSwitch halts = halts(base);
        halts.refresh();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("kill-switch").factory());
        long every = KillSwitch.REFRESH.toMillis();
        ScheduledFuture<?> refreshing =
                timer.scheduleWithFixedDelay(halts::refresh, every, every, TimeUnit.MILLISECONDS);
        return new Governance(
                new Oversight(
                        base.store(),
                        approvals,
                        halts,
                        new ChangeJournal(base.store(), base.clock()),
                        new ChangeKeys(base.store(), base.clock()),
                        exceptions.desk()),
                exceptions,
                timer,
                refreshing);
    }

    static Approvals approvals(Foundations base, ExceptionQueue exceptions) {
        return new Approvals(
                base.store(),
                base.clock(),
                base.random(),
                ApprovalLimits.DEFAULT,
                new QueueDecoyAlarm(exceptions, Exceptions.OPERATIONS));
    }

    static KillSwitch halts(Foundations base) {
        return new KillSwitch(
                base.store(),
                InstantSource.system(),
                base.random(),
                base.configuration().data().resolve(HALT_FILE),
                (session, scope) -> Artifacts.destroy(session, scope.toString()));
    }

    @Override
    public void close() {
        refreshing.cancel(false);
        timer.shutdownNow();
        exceptions.close();
    }
}

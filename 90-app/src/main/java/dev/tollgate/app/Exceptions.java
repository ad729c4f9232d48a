// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditEntry.Administered.Event;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.ExceptionQueue.Escalation;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.governance.exception.ReportDesk;
import dev.tollgate.store.Leases;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exception queue of a node, with the loop that writes counted repeats and escalates clocks that ran out.
final class Exceptions implements AutoCloseable {
    /// How often clocks are looked at, in the clock that exceptions are kept by: they run for hours.
    private static final Duration LOOK = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Exceptions.class);
    private static final int NODE_BYTES = 8;

    /// Who answers for what has no owner.
    static final String OPERATIONS = "operations";

    private final ExceptionQueue queue;
    private final ReportDesk desk;
    private final Leases leases;
    private final AuditLog audit;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("exceptions").factory());
    private final ScheduledFuture<?> looking;
    private Instant next;

    private Exceptions(Foundations base, AuditLog audit) {
        this.queue = queue(base);
        this.desk = new ReportDesk(base.store(), queue, base.clock());
        this.leases = new Leases(base.store(), node(base));
        this.audit = audit;
        this.clock = base.clock();
        this.next = base.clock().instant();
        long every = ReportDesk.FLUSH.toMillis();
        this.looking = timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    static Exceptions open(Foundations base, AuditLog audit) {
        return new Exceptions(base, audit);
    }

    /// The queue itself, for people.
    static ExceptionQueue queue(Foundations base) {
        return new ExceptionQueue(base.store(), base.clock(), base.random(), QueueLimits.DEFAULT);
    }

    private static String node(Foundations base) {
        byte[] bytes = new byte[NODE_BYTES];
        base.random().nextBytes(bytes);
        return "exceptions-" + HexFormat.of().formatHex(bytes);
    }

    ExceptionQueue queue() {
        return queue;
    }

    ReportDesk desk() {
        return desk;
    }

    private void look() {
        desk.flush();
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        try {
            queue.escalate(leases).forEach(this::escalated);
            next = now.plus(LOOK);
        } catch (StoreFailure failed) {
            LOG.atWarn().addKeyValue("cause", failed.kind()).log("exceptions cannot be escalated, trying again");
        } catch (RuntimeException bug) {
            // A loop that throws never runs again: nobody would be told of anything any more.
            LOG.atError().setCause(bug).log("exceptions cannot be escalated, trying again");
        }
    }

    private void escalated(Escalation escalation) {
        ExceptionCase exception = escalation.exception();
        String which = escalation.clock().name().toLowerCase(Locale.ROOT);
        LOG.atWarn()
                .addKeyValue("exception", exception.id())
                .addKeyValue("owner", exception.report().owner())
                .addKeyValue("clock", which)
                .log("an exception is overdue");
        AuditEntry entry = new AuditEntry.Administered(
                Event.ESCALATED,
                "gateway",
                Optional.empty(),
                Map.of(
                        "exception",
                        exception.id(),
                        "clock",
                        which,
                        "owner",
                        exception.report().owner(),
                        "agent",
                        exception.report().agent().value()));
        if (audit.record(entry) instanceof Step.Refused<AuditLog.Recorded>) {
            LOG.atError().addKeyValue("exception", exception.id()).log("an escalation is not in the audit log");
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdown();
        desk.flush();
    }
}

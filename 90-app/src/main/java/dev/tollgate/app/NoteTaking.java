// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditEntry.Administered.Event;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.store.Leases;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what people decided, wherever they did, into this node's audit log (requirement S2-20), and what
/// time decided of approvals.
final class NoteTaking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NoteTaking.class);

    private static final int EVERY_MILLIS = 1_000;
    private static final int NODE_BYTES = 8;

    private final Approvals approvals;
    private final Notes notes;
    private final AuditLog log;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notes").factory());
    private final HaltFileNotes haltFile;
    private final ScheduledFuture<?> taking;
    private final ScheduledFuture<?> looking;

    NoteTaking(Foundations base, Approvals approvals, AuditLog log) {
        byte[] node = new byte[NODE_BYTES];
        base.random().nextBytes(node);
        this.approvals = approvals;
        this.notes = new Notes(
                base.store(), new Leases(base.store(), "notes-" + HexFormat.of().formatHex(node)));
        this.log = log;
        this.haltFile = new HaltFileNotes(Governance.halts(base), log);
        this.taking = timer.scheduleWithFixedDelay(this::take, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        long often = KillSwitch.REFRESH.toMillis();
        this.looking = timer.scheduleWithFixedDelay(this::look, 0, often, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            haltFile.look();
        } catch (RuntimeException bug) {
            // A loop that throws never runs again.
            LOG.atError().setCause(bug).log("the halt file is not noted, trying again");
        }
    }

    private void take() {
        try {
            approvals.expire();
            notes.drain(this::written);
        } catch (StoreFailure failed) {
            LOG.atWarn().addKeyValue("cause", failed.kind()).log("notes of decisions wait, trying again");
        } catch (RuntimeException bug) {
            // A loop that throws never runs again.
            LOG.atError().setCause(bug).log("notes of decisions wait, trying again");
        }
    }

    private boolean written(Note note) {
        return log.record(entry(note)) instanceof Step.Passed<AuditLog.Recorded>;
    }

    private static AuditEntry entry(Note note) {
        return note.event() == Note.Event.SECRET_LEASED
                ? leased(note.detail())
                : new AuditEntry.Administered(event(note.event()), note.by(), Optional.empty(), note.detail());
    }

    private static AuditEntry leased(Map<String, String> detail) {
        return new AuditEntry.SecretLeased(
                Optional.empty(),
                new SystemId(detail.getOrDefault("system", "")),
                detail.getOrDefault("credential", ""),
                Optional.of(Duration.ofSeconds(Long.parseLong(detail.getOrDefault("seconds_max", "0"))))
                        .filter(Duration::isPositive));
    }

    private static Event event(Note.Event event) {
        return switch (event) {
            case APPROVAL_DECIDED -> Event.APPROVAL_DECIDED;
            case APPROVAL_VOIDED -> Event.APPROVAL_VOIDED;
            case APPROVAL_EXPIRED -> Event.APPROVAL_EXPIRED;
            case DECOY_PLANTED -> Event.DECOY_PLANTED;
            case HALTED -> Event.HALTED;
            case RESUMED -> Event.RESUMED;
            case EXCEPTION_TAKEN -> Event.EXCEPTION_TAKEN;
            case EXCEPTION_RESOLVED -> Event.EXCEPTION_RESOLVED;
            case VALUES_ERASED -> Event.ERASED;
            case ACCESS_REVIEWED -> Event.ACCESS_REVIEWED;
            case KEY_ROTATED -> Event.KEY_ROTATED;
            case SECRET_LEASED -> throw new IllegalArgumentException("a retrieval is an entry of its own");
        };
    }

    @Override
    public void close() {
        taking.cancel(false);
        looking.cancel(false);
        timer.shutdown();
        // What waits now is written by another node, or at the next start.
    }
}

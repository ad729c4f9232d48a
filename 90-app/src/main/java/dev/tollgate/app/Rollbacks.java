// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditEntry.Administered.Event;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.gateway.remedy.RemedyRoom;
import dev.tollgate.gateway.stage.Connectors;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.Fate;
import dev.tollgate.governance.journal.Restorer;
import dev.tollgate.governance.journal.Rollback;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.governance.journal.RollbackRun;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the rollbacks that people ask for, one after the other. Works while everything is halted: it is what
/// people do then.
final class Rollbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rollbacks.class);

    /// How often a node looks for one; a person waits for it.
    private static final int EVERY_MILLIS = 250;

    /// Records that are restored at once: enough to share the disk's syncs, few enough to leave room for calls.
    private static final int AT_ONCE = 32;

    private final RollbackDesk desk;
    private final Rollback rollback;
    private final RemedyRoom room;
    private final Foundations base;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rollbacks").factory());
    private final ScheduledFuture<?> looking;

    Rollbacks(Foundations base, AuditLog log, Connectors connectors, ExceptionQueue exceptions) {
        this.base = base;
        this.desk = desk(base);
        this.rollback = new Rollback(
                base.store(),
                new ChangeJournal(base.store(), base.clock()),
                exceptions,
                Exceptions.OPERATIONS,
                AT_ONCE);
        this.room = new RemedyRoom(
                log,
                new TokenMint(
                        base.keys().token(),
                        Foundations.ISSUER,
                        base.clock(),
                        base.random(),
                        base.tokens().node()),
                connectors,
                base.clock());
        this.looking = timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static RollbackDesk desk(Foundations base) {
        return new RollbackDesk(base.store(), base.clock(), base.random());
    }

    private void look() {
        try {
            desk.next().ifPresent(this::run);
        } catch (StoreFailure failed) {
            LOG.atWarn().addKeyValue("cause", failed.kind()).log("rollbacks cannot be read, trying again");
        } catch (RuntimeException bug) {
            // A loop that throws never runs again.
            LOG.atError().setCause(bug).log("a rollback did not end, trying again");
        }
    }

    private void run(RollbackRun run) {
        if (!(base.bundles().active() instanceof Step.Passed<DecisionPoint> active)) {
            desk.fail(run, "no bundle is in force: activate one and ask again");
            return;
        }
        PolicyVersion policy = active.state().bundle().version();
        if (!noted(Event.ROLLBACK_BEGUN, run, policy, Map.of())) {
            desk.fail(run, "the audit log cannot be written, so nothing was done");
            return;
        }
        Restorer restorer = room.restorer(active.state(), run);
        try {
            Step<List<Fate>> step =
                    run.apply() ? rollback.run(run.which(), restorer) : rollback.preview(run.which(), restorer);
            switch (step) {
                case Step.Passed<List<Fate>> passed -> {
                    desk.end(run, passed.state());
                    noted(Event.ROLLBACK_ENDED, run, policy, counted(passed.state()));
                }
                case Step.Refused<List<Fate>> refused -> {
                    desk.fail(run, refused.why().explain());
                    noted(Event.ROLLBACK_ENDED, run, policy, Map.of("problem", "nothing was selected"));
                }
            }
        } catch (StoreFailure failed) {
            // Its claim runs out, and then it goes on where it stood.
            LOG.atWarn().addKeyValue("cause", failed.kind()).log("a rollback stopped, and goes on later");
        }
    }

    private static Map<String, String> counted(List<Fate> fates) {
        Map<String, Long> amounts = new TreeMap<>();
        fates.forEach(fate -> amounts.merge(fate.end().word(), 1L, Long::sum));
        Map<String, String> counted = new TreeMap<>();
        amounts.forEach((end, amount) -> counted.put(end, Long.toString(amount)));
        return counted;
    }

    private boolean noted(Event event, RollbackRun run, PolicyVersion policy, Map<String, String> more) {
        Map<String, String> detail = new TreeMap<>(more);
        detail.put("rollback", run.id());
        detail.put("tenant", run.which().tenant().value());
        detail.put("mode", run.apply() ? "apply" : "preview");
        run.which().agent().ifPresent(agent -> detail.put("agent", agent.value()));
        run.which().from().ifPresent(from -> detail.put("from", from.toString()));
        run.which().to().ifPresent(to -> detail.put("to", to.toString()));
        run.which().rule().ifPresent(rule -> detail.put("rule", rule.value()));
        run.which().task().ifPresent(task -> detail.put("task", task.value()));
        detail.put("last", Integer.toString(run.which().last()));
        AuditEntry entry = new AuditEntry.Administered(event, run.by().value(), Optional.of(policy), detail);
        return room.log().record(entry) instanceof Step.Passed<AuditLog.Recorded>;
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdown();
        try {
            // A run that is under way ends, or is taken over when its claim runs out.
            boolean _ = timer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

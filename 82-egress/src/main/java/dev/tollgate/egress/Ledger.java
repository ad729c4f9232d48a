// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.audit.Call;
import dev.tollgate.audit.Caller;
import dev.tollgate.audit.Personal;
import dev.tollgate.audit.Ruling;
import dev.tollgate.audit.Traffic;
import dev.tollgate.egress.wire.Asked;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the proxy writes into the audit log: the decision before a name is looked up, how it ended with the bytes that
/// went through, and what never came to a decision. Each method returns when the entry is durable.
final class Ledger {
    static final SystemId SYSTEM = new SystemId("egress");
    static final ToolName TOOL = new ToolName("egress");

    /// Refusals of strangers, and of agents without budget, that are written in a second: a flood of bad tokens must
    /// not fill the disk.
    private static final int FLOOD_A_SECOND_MAX = 20;

    /// Low bits of the counter below, for the number within the second.
    private static final int WITHIN_BITS = 20;

    private final AuditLog log;
    private final InstantSource clock;
    private final AtomicLong flood = new AtomicLong();

    Ledger(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// Writes what was decided; passes its place in the log.
    ///
    /// @param place the endpoint, or `unlisted`
    /// @param why   why not, when it was denied
    Step<Long> decided(Link link, Principal who, Bundle bundle, Asked asked, String place, RuleId rule, String why) {
        boolean permitted = why.isEmpty();
        Call call = new Call(
                link.id(),
                link.began(),
                "egress",
                new Operation.Target(SYSTEM, place, TOOL, Verb.SEND, place),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Call.Model.NONE,
                Optional.empty(),
                Optional.empty());
        Ruling ruling = new Ruling(
                link.id().value(),
                bundle.version(),
                permitted ? "permit" : "deny",
                permitted ? "zone" : why,
                List.of(rule),
                List.of(),
                List.of(),
                Optional.empty());
        return write(new AuditEntry.Decision(
                caller(who, bundle),
                call,
                ruling,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(Personal.call(Optional.empty(), asked(asked)))));
    }

    /// Writes how a permitted connection ended.
    Step<Long> ended(Link link, Permit permit, Optional<Refusal> refusal, String word) {
        return write(new Traffic(link.sent(), link.received(), word)
                .outcome(link.id(), permit.logIndex(), refusal, timings(link.began())));
    }

    /// Writes a refusal that came before a decision.
    Step<Long> refused(Link link, Optional<Principal> who, Refusal why) {
        boolean flooding = who.isEmpty() || why instanceof Refusal.OverBudget || why instanceof Refusal.Halted;
        if (flooding && !oneMore()) {
            return Step.pass(-1L);
        }
        return write(new AuditEntry.Refused(
                link.id(),
                who.map(one -> Caller.of(one, Optional.empty())),
                TOOL.value(),
                why,
                Optional.empty(),
                Optional.empty()));
    }

    /// The name of the place is the client's own words, and can carry what it wants to smuggle out: it lies in the
    /// vault, and the log commits to it.
    private static Value asked(Asked asked) {
        Map<String, Value> values = new TreeMap<>();
        values.put("method", Value.of(asked.method()));
        values.put("host", Value.of(asked.place().host()));
        values.put("port", Value.of(asked.port()));
        if (!asked.path().isEmpty()) {
            values.put("path", Value.of(asked.path()));
        }
        return new Value.Fields(values);
    }

    private static Caller caller(Principal who, Bundle bundle) {
        return Caller.of(who, bundle.workflow(who.delegation()).map(workflow -> workflow.intent()));
    }

    private SortedMap<String, Long> timings(Instant began) {
        long micros = Duration.between(began, clock.instant()).toNanos() / 1_000;
        return new TreeMap<>(Map.of("total", Math.max(0, micros)));
    }

    private boolean oneMore() {
        long second = clock.instant().getEpochSecond() << WITHIN_BITS;
        long now = flood.updateAndGet(before -> before >> WITHIN_BITS == second >> WITHIN_BITS ? before + 1 : second);
        return now - second < FLOOD_A_SECOND_MAX;
    }

    private Step<Long> write(AuditEntry entry) {
        return log.record(entry).then(recorded -> Step.pass(recorded.logIndex()));
    }
}

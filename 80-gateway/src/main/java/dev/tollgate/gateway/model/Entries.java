// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.audit.Call;
import dev.tollgate.audit.Caller;
import dev.tollgate.audit.Ruling;
import dev.tollgate.connectors.model.ModelPlace;
import dev.tollgate.gateway.ModelFront.Asked;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Verb;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What requests to models leave in the audit log: the prompt by its hash, never in words.
final class Entries {
    /// What stands in the log for a model that nobody has: the name is the caller's own words.
    private static final String UNLISTED = "unlisted";

    /// Refusals of strangers, and of agents without budget, that are written in a second.
    private static final int FLOOD_A_SECOND_MAX = 20;

    /// Low bits of the counter below, for the number within the second.
    private static final int WITHIN_BITS = 20;

    private final AuditLog log;
    private final InstantSource clock;
    private final AtomicLong flood = new AtomicLong();

    Entries(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// Writes that a request goes to a model, before it goes; passes where that stands.
    Step<Long> permitted(Asked asked, Principal who, Bundle bundle, ModelPlace place, byte[] body) {
        Call.Model model = new Call.Model(
                Optional.of(place.model()), Optional.of(Digest.of(body).text()), Optional.empty());
        return decision(asked, who, bundle, place.name(), model, "permit", "zone", new RuleId("model:" + place.name()));
    }

    /// Writes that a request goes nowhere.
    Step<Long> denied(Asked asked, Principal who, Bundle bundle, Refusal.Denied why) {
        return decision(asked, who, bundle, UNLISTED, Call.Model.NONE, "deny", why.reason(), why.rule());
    }

    /// Writes a refusal that came before a decision.
    Step<Long> refused(Optional<Principal> who, Refusal why, AuditEntry.Refused entry) {
        boolean flooding = who.isEmpty() || why instanceof Refusal.OverBudget || why instanceof Refusal.Halted;
        return flooding && !oneMore() ? Step.pass(-1L) : write(entry);
    }

    private Step<Long> decision(
            Asked asked,
            Principal who,
            Bundle bundle,
            String name,
            Call.Model model,
            String outcome,
            String reason,
            RuleId rule) {
        Call call = new Call(
                asked.request(),
                clock.instant(),
                "model",
                new Operation.Target(Ongoing.SYSTEM, name, Models.TOOL, Verb.SEND, name),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                model,
                asked.traceId(),
                Optional.empty());
        Ruling ruling = new Ruling(
                asked.request().value(),
                bundle.version(),
                outcome,
                reason,
                List.of(rule),
                List.of(),
                List.of(),
                Optional.empty());
        Caller caller = Caller.of(who, bundle.workflow(who.delegation()).map(workflow -> workflow.intent()));
        return write(new AuditEntry.Decision(
                caller, call, ruling, Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
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

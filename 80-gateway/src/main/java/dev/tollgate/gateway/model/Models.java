// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.audit.Caller;
import dev.tollgate.connectors.model.ModelDoor;
import dev.tollgate.connectors.model.ModelJson;
import dev.tollgate.connectors.model.ModelPlace;
import dev.tollgate.connectors.model.ModelReply;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Meter;
import dev.tollgate.containment.Reservation;
import dev.tollgate.containment.Risk;
import dev.tollgate.containment.Zone;
import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.ModelFront;
import dev.tollgate.gateway.stage.Workloads;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.identity.bound.Possession;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Models for agents (requirements S1-25, S1-32, S1-35): which ones the zone says, with the credential that only the
/// gateway has, without secrets in what goes and what comes, and with both in the log by their hashes.
public final class Models implements ModelFront {
    static final ToolName TOOL = new ToolName("model");

    /// What refuses a model that the zone does not have.
    static final RuleId DEFAULT = new RuleId("default-deny");

    /// A whole answer: the longest that a model writes, ten times over.
    private static final int ANSWER_BYTES_MAX = 8 << 20;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Needs needs;
    private final Entries entries;

    /// What the models need of the rest of the house.
    ///
    /// @param places    configured models
    /// @param inspector being made while the rest of the house is
    public record Needs(
            Possession possession,
            Bundles bundles,
            Oversight people,
            Budgets budgets,
            Risk risk,
            ModelDoor door,
            List<ModelPlace> places,
            CompletableFuture<Inspector> inspector,
            AuditLog log,
            InstantSource clock) {
        public Needs {
            places = List.copyOf(places);
        }
    }

    /// Models of one deployment.
    public Models(Needs needs) {
        this.needs = needs;
        this.entries = new Entries(needs.log(), needs.clock());
    }

    /// Somebody, under the bundle in force.
    private record Known(Principal who, Bundle bundle) {}

    @Override
    public Step<Answer> ask(Credentials who, Asked asked) {
        Step<Known> known = known(who);
        return switch (known) {
            case Step.Refused<Known> stranger -> refused(asked, Optional.empty(), stranger.why());
            case Step.Passed<Known>(Known caller) -> asked(caller, asked);
        };
    }

    private Step<Known> known(Credentials who) {
        return delegation(who)
                .then(delegation -> needs.bundles()
                        .active()
                        .then(point -> Workloads.itself(who, point, delegation)
                                .then(_ -> point.bundle().principal(delegation))
                                .then(principal -> Step.pass(new Known(principal, point.bundle())))));
    }

    @RevealsSecret("the bearer token is verified here and goes nowhere else")
    private Step<Delegation> delegation(Credentials who) {
        return who.token().isPresent()
                ? needs.possession().verify(who.token().get().reveal(), who.how())
                : Step.refuse(new Refusal.Unauthenticated());
    }

    static HaltSubject subject(Principal who, String model) {
        return HaltSubject.of(who, Optional.of(TOOL), Set.of(), Optional.of(model));
    }

    private Step<Answer> asked(Known caller, Asked asked) {
        String model = Requests.model(asked.body()).orElse("");
        Step<Reservation> free = needs.people()
                .check(subject(caller.who(), model))
                .then(_ -> needs.budgets().reserve(charges(caller)));
        if (free instanceof Step.Refused<Reservation> refused) {
            return refused(asked, Optional.of(caller.who()), refused.why());
        }
        List<String> problems = Requests.problems(asked.format(), asked.body());
        if (!problems.isEmpty()) {
            needs.risk().observe(caller.who().agent(), true);
            return refused(asked, Optional.of(caller.who()), new Refusal.Malformed(problems));
        }
        return place(caller, asked.format(), model)
                .map(place -> permitted(caller, asked, place))
                .orElseGet(() -> denied(caller, asked));
    }

    private static List<Charge> charges(Known caller) {
        return caller.bundle().budget(caller.who().agentType()).budget(Meter.CALLS_PER_MINUTE).stream()
                .map(budget -> Charge.call(caller.who().agent(), budget))
                .toList();
    }

    /// The model that a name means for this caller: the zone has it, and the provider is spoken to as the caller does.
    private Optional<ModelPlace> place(Known caller, Format format, String model) {
        Zone zone = caller.bundle().zones().get(caller.who().zone());
        ModelPlace.Format spoken = switch (format) {
            case CHAT_COMPLETIONS -> ModelPlace.Format.OPENAI;
            case MESSAGES -> ModelPlace.Format.ANTHROPIC;
        };
        return needs.places().stream()
                .filter(place -> place.name().equals(model) && place.format() == spoken)
                .filter(_ -> zone != null
                        && zone.model().contains(model)
                        && !zone.deny().contains(model))
                .findFirst();
    }

    private Step<Answer> denied(Known caller, Asked asked) {
        needs.risk().observe(caller.who().agent(), true);
        Refusal.Denied why = new Refusal.Denied(DEFAULT, "model");
        return entries.denied(asked, caller.who(), caller.bundle(), why).then(_ -> Step.refuse(why));
    }

    private Step<Answer> permitted(Known caller, Asked asked, ModelPlace place) {
        Sieve sieve = new Sieve(needs.inspector().join());
        if (!(sieve.clean(asked.body()) instanceof Value.Fields clean)) {
            return refused(
                    asked, Optional.of(caller.who()), new Refusal.Undecidable("the request cannot be looked at"));
        }
        Map<String, Value> members = new HashMap<>(clean.values());
        members.put("model", Value.of(place.model()));
        byte[] body = ModelJson.bytes(new Value.Fields(members));
        return entries.permitted(asked, caller.who(), caller.bundle(), place, body)
                .then(index -> {
                    Ongoing ongoing = new Ongoing(
                            asked.format(),
                            caller.who(),
                            place.name(),
                            asked.request(),
                            index,
                            body.length,
                            sieve,
                            new Ongoing.Parts(needs.log(), needs.people(), needs.clock()));
                    needs.risk().observe(caller.who().agent(), false);
                    return answered(ongoing, sieve, asked, needs.door().ask(place, body));
                });
    }

    private static Step<Answer> answered(Ongoing ongoing, Sieve sieve, Asked asked, Step<ModelReply> reply) {
        return switch (reply) {
            case Step.Refused<ModelReply> failed -> ended(ongoing, failed.why());
            case Step.Passed<ModelReply>(ModelReply came) -> {
                boolean pieces = came.status() == 200 && came.events() && Requests.streams(asked.body());
                if (pieces) {
                    yield Step.pass(new Answer.Pieces(new Streamed(ongoing, came, sieve)));
                }
                try (came) {
                    yield whole(ongoing, sieve, came);
                }
            }
        };
    }

    private static Step<Answer> ended(Ongoing ongoing, Refusal why) {
        return ongoing.end(Optional.of(why), "failed").then(_ -> Step.refuse(why));
    }

    private static Step<Answer> whole(Ongoing ongoing, Sieve sieve, ModelReply came) {
        Optional<byte[]> body = came.whole(ANSWER_BYTES_MAX);
        Optional<Refusal> failure = failure(came);
        if (failure.isPresent()) {
            return ended(ongoing, failure.get());
        }
        Value value = body.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .flatMap(ModelJson::read)
                .orElse(Value.NULL);
        if (!(value instanceof Value.Fields answer) || came.events()) {
            return ended(ongoing, new Refusal.UpstreamFailed(Ongoing.SYSTEM, "garbage"));
        }
        if (ongoing.standing() instanceof Step.Refused<?> stopped) {
            return ended(ongoing, stopped.why());
        }
        ongoing.received(body.orElseThrow().length);
        Deltas.model(answer).ifPresent(ongoing::answeredBy);
        Value clean = sieve.clean(answer);
        ongoing.released(ModelJson.bytes(clean));
        return ongoing.end(Optional.empty(), came.status() == 200 ? "closed" : "rejected")
                .then(_ -> Step.pass(new Answer.Whole(came.status(), clean)));
    }

    /// What a provider does not like about the request is for the caller; what it does not like about us is not.
    private static Optional<Refusal> failure(ModelReply came) {
        return switch (came.status()) {
            case 200, 400, 404, 413, 422 -> Optional.empty();
            case 429, 503, 529 ->
                Optional.of(
                        new Refusal.Busy(came.retryAfter().flatMap(Models::wait).orElse(RETRY)));
            default -> Optional.of(new Refusal.UpstreamFailed(Ongoing.SYSTEM, "rejected"));
        };
    }

    private static Optional<Duration> wait(String seconds) {
        return seconds.matches("[0-9]{1,5}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    private Step<Answer> refused(Asked asked, Optional<Principal> who, Refusal why) {
        AuditEntry.Refused entry = new AuditEntry.Refused(
                asked.request(),
                who.map(one -> Caller.of(one, Optional.empty())),
                TOOL.value(),
                why,
                Optional.empty(),
                asked.traceId());
        return entries.refused(who, why, entry).then(_ -> Step.refuse(why));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.rest;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.Front;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.mcp.Challenge;
import dev.tollgate.server.mcp.Traces;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decisions for others to enforce: the OpenID AuthZEN Authorization API 1.0 (requirement S3-9). A
/// refusal of the gateway that is about what was asked is a decision of `false`; one about who asks, or
/// about the gateway's own state, is an HTTP error.
public final class AuthZenDoors {
    /// Evaluations in one request; each is decided and recorded like one of its own.
    private static final int EVALUATIONS_MAX = 50;
    /// Longest request id of a caller that is repeated to it (§10.1.3 of the specification).
    private static final int ID_CHARS_MAX = 128;

    private static final String ONE = "/access/v1/evaluation";
    private static final String MANY = "/access/v1/evaluations";
    private static final List<String> PARTS = List.of("subject", "action", "resource", "context");
    private static final Value.Fields NO = new Value.Fields(Map.of("decision", Value.of(false)));

    private final Front front;
    private final JsonBody bodies;
    private final Challenge challenge;
    private final Traces traces;
    private final byte[] configuration;

    /// Doors to this front.
    ///
    /// @param url how clients reach the server
    public AuthZenDoors(Front front, JsonReader reader, Challenge challenge, Traces traces, String url) {
        this.front = front;
        this.bodies = new JsonBody(reader);
        this.challenge = challenge;
        this.traces = traces;
        this.configuration = JsonWriter.bytes(new Value.Fields(Map.of(
                "policy_decision_point", Value.of(url),
                "access_evaluation_endpoint", Value.of(url + ONE),
                "access_evaluations_endpoint", Value.of(url + MANY))));
    }

    /// The doors by path.
    public Map<String, Door> doors() {
        return Map.of("/.well-known/authzen-configuration", this::configuration, ONE, this::one, MANY, this::many);
    }

    private void configuration(Turn turn) {
        if (turn.method().equals("GET")) {
            turn.reply(200, ByteBuffer.wrap(configuration));
        } else {
            Problems.methodNotAllowed(turn, "GET");
        }
    }

    private void one(Turn turn) {
        asked(turn)
                .ifPresent(request -> traced(turn, () -> {
                    if (!complete(request)) {
                        incomplete(turn);
                        return;
                    }
                    switch (decided(turn.credentials(), request)) {
                        case Step.Refused<Value.Fields> refused -> HttpRefusals.reply(turn, refused.why(), challenge);
                        case Step.Passed<Value.Fields> passed -> reply(turn, passed.state());
                    }
                }));
    }

    private void many(Turn turn) {
        asked(turn)
                .ifPresent(request -> traced(turn, () -> {
                    Optional<Value.Items> evaluations = Members.items(request, "evaluations");
                    if (evaluations.isEmpty() || evaluations.get().values().isEmpty()) {
                        // §7.1: without evaluations the request is a single one.
                        if (complete(request)) {
                            evaluate(turn, List.of(request), "execute_all", true);
                        } else {
                            incomplete(turn);
                        }
                        return;
                    }
                    List<Value.Fields> merged = merged(request, evaluations.get());
                    Optional<String> semantic = semantic(request);
                    if (semantic.isEmpty()
                            || merged.size() != evaluations.get().values().size()
                            || merged.size() > EVALUATIONS_MAX
                            || !merged.stream().allMatch(AuthZenDoors::complete)) {
                        incomplete(turn);
                        return;
                    }
                    evaluate(turn, merged, semantic.get(), false);
                }));
    }

    private void evaluate(Turn turn, List<Value.Fields> requests, String semantic, boolean single) {
        List<Value> decisions = new ArrayList<>();
        for (Value.Fields request : requests) {
            switch (decided(turn.credentials(), request)) {
                case Step.Refused<Value.Fields> refused -> {
                    HttpRefusals.reply(turn, refused.why(), challenge);
                    return;
                }
                case Step.Passed<Value.Fields> passed -> {
                    decisions.add(passed.state());
                    boolean permitted = Members.isTrue(passed.state(), "decision");
                    if (semantic.equals(permitted ? "permit_on_first_permit" : "deny_on_first_deny")) {
                        reply(turn, all(decisions));
                        return;
                    }
                }
            }
        }
        reply(turn, single && decisions.getFirst() instanceof Value.Fields only ? only : all(decisions));
    }

    private static Value.Fields all(List<Value> decisions) {
        return new Value.Fields(Map.of("evaluations", new Value.Items(decisions)));
    }

    /// A decision, or a refusal that is not about what was asked.
    private Step<Value.Fields> decided(Credentials who, Value.Fields request) {
        return switch (front.evaluate(who, request)) {
            case Step.Passed<Value.Fields> passed -> passed;
            case Step.Refused<Value.Fields> refused ->
                switch (refused.why()) {
                    case Refusal.Unauthenticated _,
                            Refusal.Malformed _,
                            Refusal.OverBudget _,
                            Refusal.UpstreamFailed _,
                            Refusal.Unrecorded _,
                            Refusal.Busy _,
                            Conduct _ -> refused;
                    case Refusal.UnknownTool _,
                            Refusal.Denied _,
                            Refusal.Undecidable _,
                            Refusal.EvidenceNeeded _,
                            Refusal.ApprovalPending _,
                            Refusal.ApprovalRefused _,
                            Refusal.Halted _,
                            Refusal.StaleRecord _,
                            Refusal.HumanOnly _,
                            Refusal.TokenRefused _,
                            Refusal.NotFound _,
                            Refusal.ObligationUnmet _,
                            Refusal.Withheld _ -> Step.pass(NO);
                };
        };
    }

    private Optional<Value.Fields> asked(Turn turn) {
        turn.header("X-Request-ID")
                .filter(id -> id.length() <= ID_CHARS_MAX && id.chars().allMatch(c -> c > 0x20 && c < 0x7F))
                .ifPresent(id -> turn.with("X-Request-ID", id));
        if (!turn.method().equals("POST")) {
            Problems.methodNotAllowed(turn, "POST");
            return Optional.empty();
        }
        return bodies.of(turn);
    }

    private void traced(Turn turn, Runnable work) {
        traces.around("authzen/evaluation", turn.header("traceparent"), turn.id(), _ -> work.run());
    }

    /// Each evaluation with what the request says for all of them (§7.1.1).
    private static List<Value.Fields> merged(Value.Fields request, Value.Items evaluations) {
        List<Value.Fields> merged = new ArrayList<>();
        for (Value evaluation : evaluations.values()) {
            if (evaluation instanceof Value.Fields own) {
                Map<String, Value> members = new TreeMap<>();
                PARTS.forEach(part -> {
                    Value said =
                            own.values().getOrDefault(part, request.values().get(part));
                    if (said != null) {
                        members.put(part, said);
                    }
                });
                merged.add(new Value.Fields(members));
            }
        }
        return merged;
    }

    private static Optional<String> semantic(Value.Fields request) {
        Value.Fields options = Members.fields(request, "options").orElse(new Value.Fields(Map.of()));
        if (!Members.has(options, "evaluations_semantic")) {
            return Optional.of("execute_all");
        }
        return Members.text(options, "evaluations_semantic")
                .filter(List.of("execute_all", "deny_on_first_deny", "permit_on_first_permit")::contains);
    }

    private static boolean complete(Value.Fields request) {
        boolean action = Members.fields(request, "action")
                .flatMap(named -> Members.text(named, "name"))
                .isPresent();
        return entity(request, "subject")
                && entity(request, "resource")
                && action
                && (!Members.has(request, "context")
                        || Members.fields(request, "context").isPresent());
    }

    private static boolean entity(Value.Fields request, String part) {
        return Members.fields(request, part)
                .filter(entity -> Members.text(entity, "type").isPresent()
                        && Members.text(entity, "id").isPresent())
                .isPresent();
    }

    private static void incomplete(Turn turn) {
        Problems.reply(
                turn,
                400,
                "malformed",
                "an evaluation has a subject, an action and a resource, at most " + EVALUATIONS_MAX + " at once");
    }

    private static void reply(Turn turn, Value.Fields decision) {
        turn.reply(200, new JsonWriter().value(decision).buffer());
    }
}

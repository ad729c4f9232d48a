// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a bearer token says. `client_id` (RFC 9068 §2.2) is the acting agent.
record Claims(
        String issuer,
        String audience,
        String tokenId,
        UserId user,
        AgentId agent,
        List<String> before,
        Set<Scope> scopes,
        Optional<WorkflowId> workflow,
        Optional<String> step,
        TaskId task,
        SessionId session,
        Optional<String> customer,
        Optional<String> caseId,
        Optional<String> request,
        Instant issued,
        Instant expires,
        Confirmation cnf,
        Optional<Instant> attested) {
    private static final String JKT = "jkt";
    private static final String X5T = "x5t#S256";

    /// Seconds that an `Instant` and a JSON number both hold: 9999-12-31.
    private static final long SECONDS_MAX = 253_402_300_799L;

    /// Required: aud, act, client_id, exp, iat, iss, jti, scope, session, sub, task.
    private static final Set<String> KNOWN = Set.of(
            "aud",
            "act",
            "att",
            "case",
            "client_id",
            "cnf",
            "customer",
            "exp",
            "iat",
            "iss",
            "jti",
            "request",
            "scope",
            "session",
            "step",
            "sub",
            "task",
            "workflow");

    Delegation delegation() {
        List<String> actors = new ArrayList<>();
        actors.add(agent.value());
        actors.addAll(before);
        return new Delegation(
                agent,
                user,
                scopes,
                workflow,
                step,
                task,
                session,
                customer,
                caseId,
                request,
                issued,
                expires,
                List.copyOf(actors),
                cnf,
                attested);
    }

    /// The canonical bytes that a token carries.
    byte[] bytes() {
        Map<String, Value> values = new TreeMap<>();
        values.put("iss", Value.of(issuer));
        values.put("aud", Value.of(audience));
        values.put("jti", Value.of(tokenId));
        values.put("sub", Value.of(user.value()));
        values.put("client_id", Value.of(agent.value()));
        values.put("act", chain());
        values.put(
                "scope",
                Value.of(String.join(
                        " ", scopes.stream().map(Scope::toString).sorted().toList())));
        values.put("task", Value.of(task.value()));
        values.put("session", Value.of(session.value()));
        values.put("iat", Value.of(issued.getEpochSecond()));
        values.put("exp", Value.of(expires.getEpochSecond()));
        workflow.ifPresent(id -> values.put("workflow", Value.of(id.value())));
        step.ifPresent(name -> values.put("step", Value.of(name)));
        customer.ifPresent(id -> values.put("customer", Value.of(id)));
        caseId.ifPresent(id -> values.put("case", Value.of(id)));
        request.ifPresent(words -> values.put("request", Value.of(words)));
        attested.ifPresent(when -> values.put("att", Value.of(when.getEpochSecond())));
        if (cnf.bound()) {
            Map<String, Value> keys = new TreeMap<>();
            cnf.jkt().ifPresent(key -> keys.put(JKT, Value.of(key)));
            cnf.thumbprint().ifPresent(key -> keys.put(X5T, Value.of(key)));
            values.put("cnf", new Value.Fields(keys));
        }
        return CanonicalJson.bytes(new Value.Fields(values));
    }

    private Value chain() {
        Optional<Value> inner = Optional.empty();
        for (String actor : before.reversed()) {
            inner = Optional.of(link(actor, inner));
        }
        return link(agent.value(), inner);
    }

    private static Value link(String actor, Optional<Value> inner) {
        Map<String, Value> values = new TreeMap<>();
        values.put("sub", Value.of(actor));
        inner.ifPresent(value -> values.put("act", value));
        return new Value.Fields(values);
    }

    /// The claims in `payload`, or nothing. Takes exactly the bytes that `bytes` writes for the claims that it
    /// reads: duplicate members, further members, other spellings of a number all fail on that one comparison.
    static Optional<Claims> read(byte[] payload) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            Map<String, Object> members = JSONObjectUtils.parse(text);
            if (!KNOWN.containsAll(members.keySet())) {
                return Optional.empty();
            }
            Claims claims = claims(members);
            return Arrays.equals(claims.bytes(), payload) ? Optional.of(claims) : Optional.empty();
        } catch (CharacterCodingException | ParseException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Claims claims(Map<String, Object> members) {
        List<String> actors = actors(members.get("act"));
        AgentId agent = new AgentId(actors.getFirst());
        Require.require(agent.value().equals(text(members, "client_id")), "the client is the acting agent");
        return new Claims(
                text(members, "iss"),
                text(members, "aud"),
                Require.id("jti", text(members, "jti")),
                new UserId(text(members, "sub")),
                agent,
                actors.subList(1, actors.size()),
                scopes(text(members, "scope")),
                textIfAny(members, "workflow").map(WorkflowId::new),
                textIfAny(members, "step").map(name -> Require.id("step", name)),
                new TaskId(text(members, "task")),
                new SessionId(text(members, "session")),
                textIfAny(members, "customer").map(id -> Require.id("customer", id)),
                textIfAny(members, "case").map(id -> Require.id("case", id)),
                textIfAny(members, "request").map(Grant::words),
                instant(members, "iat"),
                instant(members, "exp"),
                confirmation(members.get("cnf")),
                members.containsKey("att") ? Optional.of(instant(members, "att")) : Optional.empty());
    }

    private static Confirmation confirmation(@Nullable Object cnf) {
        if (cnf == null) {
            return Confirmation.NONE;
        }
        if (!(cnf instanceof Map<?, ?> keys)) {
            throw new IllegalArgumentException("`cnf` is not an object");
        }
        return new Confirmation(thumbprint(keys.get(JKT)), thumbprint(keys.get(X5T)));
    }

    private static Optional<String> thumbprint(@Nullable Object value) {
        Require.require(value == null || value instanceof String, "a thumbprint is not text");
        return Optional.ofNullable((String) value);
    }

    private static List<String> actors(@Nullable Object act) {
        List<String> actors = new ArrayList<>();
        @Nullable Object at = act;
        while (at instanceof Map<?, ?> link) {
            Require.require(actors.size() < Grant.ACTORS_MAX, "the chain of agents is too long");
            if (!(link.get("sub") instanceof String actor)) {
                throw new IllegalArgumentException("an agent of the chain has no name");
            }
            actors.add(Require.id("actor", actor));
            at = link.get("act");
        }
        Require.require(!actors.isEmpty() && at == null, "the chain of agents is not a chain");
        return actors;
    }

    private static Set<Scope> scopes(String text) {
        String[] words = text.split(" ", -1);
        Require.require(words.length <= Grant.SCOPES_MAX, "too many scopes");
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String word : words) {
            scopes.add(Scope.parse(word).orElseThrow(() -> new IllegalArgumentException("a scope is malformed")));
        }
        return scopes;
    }

    private static String text(Map<String, Object> members, String name) {
        return textIfAny(members, name).orElseThrow(() -> new IllegalArgumentException("a claim is missing"));
    }

    private static Optional<String> textIfAny(Map<String, Object> members, String name) {
        Object value = members.get(name);
        Require.require(value == null || value instanceof String, "a claim is not text");
        return Optional.ofNullable((String) value);
    }

    private static Instant instant(Map<String, Object> members, String name) {
        if (!(members.get(name) instanceof Number number)) {
            throw new IllegalArgumentException("a claim is not a number");
        }
        long seconds = number.longValue();
        Require.require(seconds >= 0 && seconds <= SECONDS_MAX, "a claim is not a moment");
        return Instant.ofEpochSecond(seconds);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.policy.DecisionId;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TokenId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The claims of a decision token, written and read in one place: names after OAuth Transaction Tokens
/// (`txn`, `req_wl`, `tctx`), RFC 8693 (`act`) and RFC 9396 (`authorization_details`).
final class TokenClaims {
    static final String DETAIL_TYPE = "tollgate_operation";

    /// A delegation chain is never this long; bounds the reading of `act`.
    private static final int ACTORS_MAX = 8;

    private TokenClaims() {}

    static Value.Fields write(DecisionToken token, String issuer) {
        Map<String, Value> claims = new TreeMap<>();
        claims.put("iss", Value.of(issuer));
        claims.put("aud", Value.of(token.grant().system().value()));
        claims.put("jti", Value.of(token.id().value()));
        claims.put("txn", Value.of(token.decision().value()));
        claims.put("sub", Value.of(token.user().value()));
        claims.put("req_wl", Value.of(token.agent().value()));
        claims.put("act", actor(token.actors(), 0));
        claims.put("tctx", new Value.Fields(Map.of("task", Value.of(token.task().value()))));
        claims.put("policy", Value.of(token.policy().value()));
        claims.put("log_index", Value.of(token.logIndex()));
        claims.put("iat", Value.of(token.issued().getEpochSecond()));
        claims.put("exp", Value.of(token.expires().getEpochSecond()));
        token.node().ifPresent(node -> claims.put("node", Value.of(node)));
        claims.put("authorization_details", new Value.Items(List.of(detail(token.grant()))));
        return new Value.Fields(claims);
    }

    private static Value actor(List<String> actors, int at) {
        Map<String, Value> actor = new TreeMap<>();
        actor.put("sub", Value.of(actors.get(at)));
        if (at + 1 < actors.size()) {
            actor.put("act", actor(actors, at + 1));
        }
        return new Value.Fields(actor);
    }

    private static Value detail(DecisionToken.Grant grant) {
        Map<String, Value> detail = new TreeMap<>();
        detail.put("type", Value.of(DETAIL_TYPE));
        detail.put("system", Value.of(grant.system().value()));
        detail.put("object", Value.of(grant.object()));
        grant.record().ifPresent(record -> detail.put("record", Value.of(record.value())));
        detail.put("verb", Value.of(grant.verb().word()));
        Map<String, Value> fields = new TreeMap<>();
        grant.fields().forEach((name, view) -> fields.put(name, Value.of(view.word())));
        detail.put("fields", new Value.Fields(fields));
        // Text, because JSON numbers are doubles to most readers.
        grant.amount()
                .ifPresent(amount -> detail.put(
                        "amount", Value.of(amount.stripTrailingZeros().toPlainString())));
        detail.put("destination", Value.of(grant.destination()));
        detail.put("operation_digest", Value.of(grant.operation().text()));
        return new Value.Fields(detail);
    }

    /// The token that the claims describe, or nothing when any of them is missing, of another type or out of bounds.
    static Optional<DecisionToken> read(JsonNode claims) {
        try {
            return Optional.of(new DecisionToken(
                    new TokenId(text(claims, "jti")),
                    new DecisionId(text(claims, "txn")),
                    new AgentId(text(claims, "req_wl")),
                    actors(claims.path("act")),
                    new UserId(text(claims, "sub")),
                    new TaskId(text(claims.path("tctx"), "task")),
                    new PolicyVersion(text(claims, "policy")),
                    whole(claims, "log_index"),
                    Instant.ofEpochSecond(whole(claims, "iat")),
                    Instant.ofEpochSecond(whole(claims, "exp")),
                    claims.has("node") ? Optional.of(text(claims, "node")) : Optional.empty(),
                    grant(claims.path("authorization_details"), text(claims, "aud"))));
        } catch (IllegalArgumentException
                | NoSuchElementException
                | ArithmeticException
                | java.time.DateTimeException _) {
            return Optional.empty();
        }
    }

    private static DecisionToken.Grant grant(JsonNode details, String audience) {
        JsonNode detail = details.path(0);
        boolean ours = details.size() == 1
                && text(detail, "type").equals(DETAIL_TYPE)
                && text(detail, "system").equals(audience);
        if (!ours) {
            throw new NoSuchElementException("not one detail of our type");
        }
        SortedMap<String, View> fields = new TreeMap<>();
        detail.path("fields").properties().forEach(field -> fields.put(field.getKey(), view(field.getValue())));
        return new DecisionToken.Grant(
                new SystemId(text(detail, "system")),
                text(detail, "object"),
                detail.has("record") ? Optional.of(new RecordId(text(detail, "record"))) : Optional.empty(),
                Verb.of(text(detail, "verb")).orElseThrow(),
                fields,
                detail.has("amount") ? Optional.of(new BigDecimal(text(detail, "amount"))) : Optional.empty(),
                text(detail, "destination"),
                new Digest(text(detail, "operation_digest")));
    }

    private static View view(JsonNode word) {
        for (View view : View.values()) {
            if (word.isString() && view.word().equals(word.stringValue())) {
                return view;
            }
        }
        throw new NoSuchElementException("no such view");
    }

    private static List<String> actors(JsonNode act) {
        List<String> actors = new ArrayList<>();
        for (JsonNode at = act; at.isObject() && actors.size() < ACTORS_MAX; at = at.path("act")) {
            actors.add(text(at, "sub"));
        }
        return actors;
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isString()) {
            throw new NoSuchElementException("no text `" + member + "`");
        }
        return value.stringValue();
    }

    private static long whole(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new NoSuchElementException("no whole number `" + member + "`");
        }
        return value.longValue();
    }
}

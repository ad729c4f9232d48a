// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one policy of the policy JSON, or a template with the entities of one link in its slots.
final class PolicyReader {
    private final Map<String, EntityUid> slots;

    PolicyReader(Map<String, EntityUid> slots) {
        this.slots = slots;
    }

    /// A policy that is read but not yet compiled.
    record Read(Effect effect, Rule.Head head, Expr condition, SortedMap<String, String> annotations) {}

    Read read(JsonNode policy) {
        Effect effect = switch (EstReader.text(policy.get("effect"))) {
            case "permit" -> Effect.PERMIT;
            case "forbid" -> Effect.FORBID;
            default -> throw new IllegalEst("an effect must be permit or forbid");
        };
        Rule.Head head = new Rule.Head(
                scope(EstReader.need(policy, "principal")),
                scope(EstReader.need(policy, "action")),
                scope(EstReader.need(policy, "resource")));
        return new Read(effect, head, condition(EstReader.need(policy, "conditions")), annotations(policy));
    }

    private static Expr condition(JsonNode conditions) {
        EstReader reader = new EstReader();
        List<Expr> all = new ArrayList<>();
        for (JsonNode condition : conditions) {
            Expr body = reader.read(EstReader.need(condition, "body"));
            all.add(
                    switch (EstReader.text(condition.get("kind"))) {
                        case "when" -> body;
                        case "unless" -> new Expr.Not(body);
                        default -> throw new IllegalEst("a condition must be when or unless");
                    });
        }
        if (all.isEmpty()) {
            return new Expr.Lit(CedarValue.Bool.TRUE);
        }
        return all.size() == 1 ? all.getFirst() : new Expr.And(List.copyOf(all));
    }

    private Scope scope(JsonNode scope) {
        String op = EstReader.text(scope.get("op"));
        return switch (op) {
            case "All" -> new Scope.Any();
            case "==" -> new Scope.Equal(entity(scope));
            case "in" -> {
                JsonNode many = scope.get("entities");
                if (many == null) {
                    yield new Scope.In(entity(scope));
                }
                List<EntityUid> groups = new ArrayList<>();
                many.forEach(one -> groups.add(uid(one)));
                yield new Scope.InAny(List.copyOf(groups));
            }
            case "is" -> {
                String type = EstReader.text(scope.get("entity_type"));
                JsonNode in = scope.get("in");
                yield in == null ? new Scope.Is(type) : new Scope.IsIn(type, entity(in));
            }
            default -> throw new IllegalEst("a scope must be ==, in, is, or nothing");
        };
    }

    private EntityUid entity(JsonNode scope) {
        JsonNode slot = scope.get("slot");
        if (slot == null) {
            return uid(EstReader.need(scope, "entity"));
        }
        EntityUid filled = slots.get(EstReader.text(slot));
        if (filled == null) {
            throw new IllegalEst("a slot of a template is not filled");
        }
        return filled;
    }

    static EntityUid uid(JsonNode node) {
        JsonNode plain = node.get("__entity");
        JsonNode uid = plain == null ? node : plain;
        return new EntityUid(
                EstReader.text(uid.get("type")).intern(),
                EstReader.text(uid.get("id")).intern());
    }

    private static SortedMap<String, String> annotations(JsonNode policy) {
        SortedMap<String, String> annotations = new TreeMap<>();
        @Nullable JsonNode all = policy.get("annotations");
        if (all != null) {
            all.properties()
                    .forEach(entry -> annotations.put(
                            entry.getKey(),
                            entry.getValue().isString() ? entry.getValue().stringValue() : ""));
        }
        return annotations;
    }
}

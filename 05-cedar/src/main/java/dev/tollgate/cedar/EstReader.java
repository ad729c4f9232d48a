// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one expression of the policy JSON (https://docs.cedarpolicy.com/policies/json-format.html).
final class EstReader {
    /// How deep an expression may nest once chains are flat. The frontend admits 32 brackets of chains of 200; what
    /// is deeper than this would need more stack than a request thread should spend on a policy.
    private static final int DEPTH_MAX = 1_000;
    /// Nodes of one policy, which bound the work of one evaluation.
    private static final int NODES_MAX = 200_000;

    private static final Map<String, Expr.BinaryOp> BINARY = Map.ofEntries(
            Map.entry("==", Expr.BinaryOp.EQUAL),
            Map.entry("<", Expr.BinaryOp.LESS),
            Map.entry("<=", Expr.BinaryOp.LESS_OR_EQUAL),
            Map.entry(">", Expr.BinaryOp.GREATER),
            Map.entry(">=", Expr.BinaryOp.GREATER_OR_EQUAL),
            Map.entry("+", Expr.BinaryOp.ADD),
            Map.entry("-", Expr.BinaryOp.SUBTRACT),
            Map.entry("*", Expr.BinaryOp.MULTIPLY),
            Map.entry("in", Expr.BinaryOp.IN),
            Map.entry("contains", Expr.BinaryOp.CONTAINS),
            Map.entry("containsAll", Expr.BinaryOp.CONTAINS_ALL),
            Map.entry("containsAny", Expr.BinaryOp.CONTAINS_ANY),
            Map.entry("hasTag", Expr.BinaryOp.HAS_TAG),
            Map.entry("getTag", Expr.BinaryOp.GET_TAG));

    private int nodes;
    private int depth;

    /// Reads an expression.
    ///
    /// @throws IllegalEst when it is none, or too large
    Expr read(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            throw new IllegalEst("an expression must be an object of one key");
        }
        if (++nodes > NODES_MAX || ++depth > DEPTH_MAX) {
            throw new IllegalEst("an expression must have at most " + NODES_MAX + " nodes, " + DEPTH_MAX + " deep");
        }
        Map.Entry<String, JsonNode> entry = node.properties().iterator().next();
        Expr read = read(entry.getKey(), entry.getValue());
        depth--;
        return read;
    }

    private Expr read(String key, JsonNode body) {
        Expr.BinaryOp binary = BINARY.get(key);
        if (binary != null) {
            return new Expr.Binary(binary, read(need(body, "left")), read(need(body, "right")));
        }
        return switch (key) {
            case "Value" -> value(body);
            case "Var" -> new Expr.Var(variable(text(body)));
            case "&&" -> new Expr.And(chain(key, body));
            case "||" -> new Expr.Or(chain(key, body));
            case "!" -> new Expr.Not(read(need(body, "arg")));
            case "!=" ->
                new Expr.Not(new Expr.Binary(Expr.BinaryOp.EQUAL, read(need(body, "left")), read(need(body, "right"))));
            case "neg" -> new Expr.Unary(Expr.UnaryOp.NEGATE, read(need(body, "arg")));
            case "isEmpty" -> new Expr.Unary(Expr.UnaryOp.IS_EMPTY, read(need(body, "arg")));
            case "if-then-else" ->
                new Expr.If(read(need(body, "if")), read(need(body, "then")), read(need(body, "else")));
            case "." ->
                new Expr.Get(read(need(body, "left")), text(need(body, "attr")).intern());
            case "has" -> has(body);
            case "like" -> new Expr.Like(read(need(body, "left")), pattern(need(body, "pattern")));
            case "is" -> is(body);
            case "Set" -> new Expr.SetOf(all(body));
            case "Record" -> record(body);
            default -> call(key, body);
        };
    }

    private static Expr value(JsonNode body) {
        try {
            return new Expr.Lit(ValueJson.read(body, ValueJson.ANY, ""));
        } catch (IllegalData illegal) {
            throw new IllegalEst("a literal must be a boolean, a long, a string, an entity, a set or a record");
        }
    }

    private static Expr.Name variable(String name) {
        return switch (name) {
            case "principal" -> Expr.Name.PRINCIPAL;
            case "action" -> Expr.Name.ACTION;
            case "resource" -> Expr.Name.RESOURCE;
            case "context" -> Expr.Name.CONTEXT;
            default -> throw new IllegalEst("a variable must be principal, action, resource or context");
        };
    }

    /// The operands of a chain that leans to the left, read without recursion: `((a && b) && c)` is `[a, b, c]`.
    private List<Expr> chain(String key, JsonNode body) {
        ArrayDeque<JsonNode> operands = new ArrayDeque<>();
        JsonNode at = body;
        while (true) {
            operands.addFirst(need(at, "right"));
            JsonNode left = need(at, "left");
            JsonNode deeper = left.get(key);
            if (deeper == null) {
                operands.addFirst(left);
                break;
            }
            at = deeper;
        }
        List<Expr> read = new ArrayList<>();
        operands.forEach(operand -> read.add(read(operand)));
        return List.copyOf(read);
    }

    /// `has` of a name or of a path of names: `e has a.b` is `e has a && e.a has b`.
    private Expr has(JsonNode body) {
        Expr holder = read(need(body, "left"));
        JsonNode attr = need(body, "attr");
        if (!attr.isArray()) {
            return new Expr.Has(holder, text(attr).intern());
        }
        if (attr.isEmpty()) {
            throw new IllegalEst("a `has` path must name an attribute");
        }
        List<Expr> tests = new ArrayList<>();
        for (JsonNode name : attr) {
            tests.add(new Expr.Has(holder, text(name).intern()));
            holder = new Expr.Get(holder, text(name).intern());
        }
        return tests.size() == 1 ? tests.getFirst() : new Expr.And(List.copyOf(tests));
    }

    private static Wildcards pattern(JsonNode pieces) {
        Wildcards.Builder pattern = new Wildcards.Builder();
        for (JsonNode piece : pieces) {
            JsonNode literal = piece.get("Literal");
            if (literal != null) {
                pattern.literal(text(literal));
            } else if (piece.isString() && piece.stringValue().equals("Wildcard")) {
                pattern.wildcard();
            } else {
                throw new IllegalEst("a pattern must be made of `Wildcard` and `Literal`");
            }
        }
        return pattern.build();
    }

    private Expr is(JsonNode body) {
        Expr operand = read(need(body, "left"));
        Expr is = new Expr.Is(operand, text(need(body, "entity_type")));
        JsonNode in = body.get("in");
        return in == null ? is : new Expr.And(List.of(is, new Expr.Binary(Expr.BinaryOp.IN, operand, read(in))));
    }

    private Expr record(JsonNode body) {
        TreeMap<String, Expr> attributes = new TreeMap<>();
        body.properties().forEach(entry -> attributes.put(entry.getKey().intern(), read(entry.getValue())));
        return new Expr.RecordOf(attributes);
    }

    private Expr call(String name, JsonNode arguments) {
        Extension function = Extension.named(name);
        if (function == null || !arguments.isArray()) {
            throw new IllegalEst("an expression has an operator or function that is unknown");
        }
        return new Expr.Call(function, all(arguments));
    }

    private List<Expr> all(JsonNode nodes) {
        List<Expr> read = new ArrayList<>();
        nodes.forEach(node -> read.add(read(node)));
        return List.copyOf(read);
    }

    static JsonNode need(JsonNode body, String key) {
        JsonNode found = body.get(key);
        if (found == null) {
            throw new IllegalEst("a key `" + key + "` is missing");
        }
        return found;
    }

    static String text(@Nullable JsonNode node) {
        if (node == null || !node.isString()) {
            throw new IllegalEst("a text is missing");
        }
        return node.stringValue();
    }
}

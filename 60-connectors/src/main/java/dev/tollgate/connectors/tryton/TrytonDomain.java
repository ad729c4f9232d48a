// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Value;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Builds Tryton domains from typed conditions. No text of an agent becomes a name, an operator or a pattern.
final class TrytonDomain {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TrytonDomain() {}

    /// The domain in which every filter holds.
    static ArrayNode of(List<Ask.Filter> filters) {
        ArrayNode domain = NODES.arrayNode();
        filters.forEach(filter -> domain.add(of(filter)));
        return domain;
    }

    private static ArrayNode of(Ask.Filter filter) {
        List<String> choices = TrytonPath.of(filter.column().upstream()).choices();
        ArrayNode first = clause(choices.getFirst(), filter);
        if (choices.size() == 1) {
            return first;
        }
        // The stand-in counts only while the first is empty.
        return joined(
                "OR",
                first,
                joined("AND", leaf(choices.getFirst(), "=").add(NODES.nullNode()), clause(choices.getLast(), filter)));
    }

    private static ArrayNode clause(String path, Ask.Filter filter) {
        Ask.Kind kind = filter.column().kind();
        Value value = filter.value();
        boolean ordered = switch (filter.comparison()) {
            case EQUALS, NOT_EQUALS, IN -> false;
            case LESS, AT_MOST, GREATER, AT_LEAST, STARTS_WITH, CONTAINS -> true;
        };
        if (ordered && kind == Ask.Kind.RECORD) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return switch (filter.comparison()) {
            case EQUALS -> leaf(path, "=").add(TrytonCodec.json(kind, value));
            case NOT_EQUALS -> unequal(path, kind, value);
            case LESS -> leaf(path, "<").add(TrytonCodec.json(kind, value));
            case AT_MOST -> leaf(path, "<=").add(TrytonCodec.json(kind, value));
            case GREATER -> leaf(path, ">").add(TrytonCodec.json(kind, value));
            case AT_LEAST -> leaf(path, ">=").add(TrytonCodec.json(kind, value));
            case STARTS_WITH -> leaf(path, "ilike").add(escaped(value) + "%");
            case CONTAINS -> leaf(path, "ilike").add("%" + escaped(value) + "%");
            case IN -> leaf(path, "in").add(items(kind, value));
        };
    }

    /// Tryton's `!=` also finds records where the field is empty; here nothing compares with nothing.
    private static ArrayNode unequal(String path, Ask.Kind kind, Value value) {
        return joined(
                "AND",
                leaf(path, "!=").add(TrytonCodec.json(kind, value)),
                leaf(path, "!=").add(NODES.nullNode()));
    }

    private static ArrayNode items(Ask.Kind kind, Value value) {
        if (!(value instanceof Value.Items items)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        ArrayNode list = NODES.arrayNode();
        items.values().forEach(item -> list.add(TrytonCodec.json(kind, item)));
        return list;
    }

    /// The text itself: `%`, `_` and the escape sign have no meaning in it.
    private static String escaped(Value value) {
        if (!(value instanceof Value.Text text)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return text.text().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static ArrayNode leaf(String path, String operator) {
        return NODES.arrayNode().add(path).add(operator);
    }

    private static ArrayNode joined(String word, ArrayNode one, ArrayNode other) {
        return NODES.arrayNode().add(word).add(one).add(other);
    }
}

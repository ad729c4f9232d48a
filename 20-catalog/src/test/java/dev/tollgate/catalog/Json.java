// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tollgate.terms.Value;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values as a JSON Schema validator that we did not write takes them.
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Json() {}

    static List<Error> errors(Value.Fields schema, Value value) {
        return REGISTRY.getSchema(node(schema)).validate(node(value));
    }

    static JsonNode node(Value value) {
        return switch (value) {
            case Value.Null _ -> NODES.nullNode();
            case Value.Bool bool -> NODES.booleanNode(bool.truth());
            case Value.Text text -> NODES.stringNode(text.text());
            case Value.Num num -> NODES.numberNode(num.number());
            case Value.Day day -> NODES.stringNode(day.date().toString());
            case Value.Moment moment -> NODES.stringNode(moment.instant().toString());
            case Value.Items items -> {
                ArrayNode array = NODES.arrayNode();
                items.values().forEach(item -> array.add(node(item)));
                yield array;
            }
            case Value.Fields fields -> {
                ObjectNode object = NODES.objectNode();
                fields.values().forEach((name, field) -> object.set(name, node(field)));
                yield object;
            }
        };
    }
}

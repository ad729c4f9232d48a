// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Checks values against JSON Schema 2020-12. Schemas are our own or a feature's, never a client's; still a
/// reference outside the schema is never followed, and a schema has a bounded number of parts. Compiled schemas
/// are kept, a bounded number of them. Safe for many threads.
public final class Schemas {
    /// Compiled schemas kept: every tool of a few contracts and the forms they show.
    private static final int KEPT_MAX = 512;
    /// Objects and lists in one schema: a contract's largest object has about a hundred fields.
    private static final int PARTS_MAX = 5_000;
    /// Problems named at once; more help nobody.
    private static final int PROBLEMS_MAX = 20;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.fetchRemoteResources(false))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(false)
                            .build()));

    private final Map<Value.Fields, Schema> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Value.Fields, Schema> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /// What of `value` does not fit `schema`: a place and the keyword that it breaks, without the value. Empty
    /// when all fits.
    ///
    /// @throws IllegalArgumentException when the schema is none, is too large, or refers to something outside
    /// itself
    public List<String> problems(Value.Fields schema, Value value) {
        Schema compiled = compiled(schema);
        List<String> problems = new ArrayList<>();
        synchronized (compiled) {
            compiled.validate(node(value)).stream()
                    .limit(PROBLEMS_MAX)
                    .forEach(error ->
                            problems.add(place(error.getInstanceLocation().toString()) + " does not meet `"
                                    + error.getKeyword() + "`"));
        }
        return problems;
    }

    private Schema compiled(Value.Fields schema) {
        synchronized (kept) {
            return kept.computeIfAbsent(schema, this::compile);
        }
    }

    private Schema compile(Value.Fields schema) {
        if (parts(schema) > PARTS_MAX) {
            throw new IllegalArgumentException("a schema has at most " + PARTS_MAX + " parts");
        }
        if (refersOutside(schema)) {
            throw new IllegalArgumentException("a schema refers to nothing outside itself");
        }
        return registry.getSchema(node(schema));
    }

    private static String place(String pointer) {
        return pointer.isEmpty() ? "the whole" : "`" + pointer + "`";
    }

    private static int parts(Value value) {
        return switch (value) {
            case Value.Fields fields ->
                1 + fields.values().values().stream().mapToInt(Schemas::parts).sum();
            case Value.Items items ->
                1 + items.values().stream().mapToInt(Schemas::parts).sum();
            case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> 0;
        };
    }

    private static boolean refersOutside(Value value) {
        return switch (value) {
            case Value.Fields fields ->
                outside(fields.values().get("$ref"))
                        || outside(fields.values().get("$dynamicRef"))
                        || fields.values().values().stream().anyMatch(Schemas::refersOutside);
            case Value.Items items -> items.values().stream().anyMatch(Schemas::refersOutside);
            case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> false;
        };
    }

    private static boolean outside(@Nullable Value reference) {
        return reference instanceof Value.Text target && !target.text().startsWith("#");
    }

    private static JsonNode node(Value value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (value) {
            case Value.Null _ -> make.nullNode();
            case Value.Bool bool -> make.booleanNode(bool.truth());
            case Value.Text text -> make.stringNode(text.text());
            case Value.Num num ->
                num.number().scale() <= 0
                        ? make.numberNode(num.number().toBigInteger())
                        : make.numberNode(num.number());
            case Value.Day day -> make.stringNode(day.date().toString());
            case Value.Moment moment -> make.stringNode(moment.instant().toString());
            case Value.Items items -> {
                ArrayNode array = make.arrayNode();
                items.values().forEach(item -> array.add(node(item)));
                yield array;
            }
            case Value.Fields fields -> {
                ObjectNode object = make.objectNode();
                fields.values().forEach((name, member) -> object.set(name, node(member)));
                yield object;
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mcp;

import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON of a server that nobody trusts: bounded, each member once.
final class Json {
    /// A definition's schema is nested, a result rarely.
    private static final int NESTING_MAX = 64;

    private static final int NUMBER_CHARS_MAX = 64;
    private static final int NAME_CHARS_MAX = 512;
    private static final int DIGITS_MAX = 60;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxNumberLength(NUMBER_CHARS_MAX)
                            .maxNameLength(NAME_CHARS_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /// @throws UpstreamBroken `garbage` for what is not JSON
    static JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException | NumberFormatException _) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
    }

    /// The value of a node.
    ///
    /// @throws UpstreamBroken `garbage` for a number that nobody means
    static Value value(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> Value.NULL;
            case STRING -> Value.of(node.stringValue());
            case BOOLEAN -> Value.of(node.booleanValue());
            case NUMBER -> number(node.decimalValue());
            case ARRAY -> {
                List<Value> values = new ArrayList<>(node.size());
                node.forEach(item -> values.add(value(item)));
                yield new Value.Items(values);
            }
            case OBJECT -> {
                Map<String, Value> values = new TreeMap<>();
                node.propertyStream().forEach(member -> values.put(member.getKey(), value(member.getValue())));
                yield new Value.Fields(values);
            }
            case BINARY, POJO -> throw new UpstreamBroken(Why.GARBAGE);
        };
    }

    private static Value number(BigDecimal number) {
        if (number.precision() > DIGITS_MAX || Math.abs(number.scale()) > DIGITS_MAX) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        return new Value.Num(number);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An entry as it is in the log. Asks for members by path; a missing member is nothing.
///
/// @param index   where it stands
/// @param content the whole entry
public record StoredEntry(long index, Value.Fields content) {
    /// Deeper than any entry, shallow enough for any stack.
    private static final int DEPTH_MAX = 32;

    /// Whole numbers of canonical JSON have no more, and a long has room for them.
    private static final int DIGITS_MAX = 16;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .build();

    /// Reads the bytes of an entry.
    ///
    /// @throws IllegalArgumentException when they are not a JSON object
    public static StoredEntry read(long index, byte[] bytes) {
        Value value = value(new String(bytes, StandardCharsets.UTF_8));
        if (value instanceof Value.Fields fields) {
            return new StoredEntry(index, fields);
        }
        throw new IllegalArgumentException("an entry is a JSON object");
    }

    /// The value of a JSON text; moments stay texts.
    ///
    /// @throws IllegalArgumentException when it is not one
    static Value value(String json) {
        try {
            return value(JSON.readTree(json));
        } catch (JacksonException broken) {
            // Its message quotes the text, which may be personal.
            throw new IllegalArgumentException("not JSON: " + broken.getClass().getSimpleName());
        }
    }

    private static Value value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Value> values = new TreeMap<>();
                node.properties().forEach(member -> values.put(member.getKey(), value(member.getValue())));
                yield new Value.Fields(values);
            }
            case ARRAY -> {
                List<Value> values = new ArrayList<>();
                node.values().forEach(item -> values.add(value(item)));
                yield new Value.Items(values);
            }
            case STRING -> Value.of(node.stringValue());
            case NUMBER -> new Value.Num(number(node));
            case BOOLEAN -> Value.of(node.booleanValue());
            case NULL -> Value.NULL;
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a JSON value");
        };
    }

    private static BigDecimal number(JsonNode node) {
        return node.decimalValue();
    }

    /// The word for the kind; empty when there is none.
    public String kind() {
        return text("kind").orElse("");
    }

    /// When the log took it; nothing when that cannot be read.
    public Optional<Instant> at() {
        return instant("at");
    }

    /// The moment at a path.
    public Optional<Instant> instant(String path) {
        try {
            return at(path) instanceof Value.Moment(Instant moment)
                    ? Optional.of(moment)
                    : text(path).map(Instant::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// The text at a path, for example `call/tool`.
    public Optional<String> text(String path) {
        return at(path) instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /// The whole number at a path.
    public Optional<Long> number(String path) {
        if (at(path) instanceof Value.Num(BigDecimal number)
                && number.scale() == 0
                && number.precision() <= DIGITS_MAX) {
            return Optional.of(number.longValue());
        }
        return Optional.empty();
    }

    /// Whether the truth value at a path is true.
    public boolean truth(String path) {
        return at(path) instanceof Value.Bool(boolean truth) && truth;
    }

    /// The texts of the list at a path.
    public List<String> texts(String path) {
        return items(path).stream()
                .filter(Value.Text.class::isInstance)
                .map(item -> ((Value.Text) item).text())
                .toList();
    }

    /// The items of the list at a path.
    public List<Value> items(String path) {
        return at(path) instanceof Value.Items(List<Value> values) ? values : List.of();
    }

    /// The members of the object at a path.
    public Map<String, Value> members(String path) {
        return at(path) instanceof Value.Fields(Map<String, Value> values) ? values : Map.of();
    }

    /// Commitments to personal values, by name.
    public Map<String, String> commitments() {
        Map<String, String> commitments = new TreeMap<>();
        members("personal").forEach((name, value) -> {
            if (value instanceof Value.Text(String text)) {
                commitments.put(name, text);
            }
        });
        return commitments;
    }

    private Value at(String path) {
        Value reached = content;
        for (String name : path.split("/", -1)) {
            reached = reached instanceof Value.Fields(Map<String, Value> values)
                    ? values.getOrDefault(name, Value.NULL)
                    : Value.NULL;
        }
        return reached;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonProperties {
    private static final JsonReader READER = new JsonReader(JsonLimits.DEFAULT);
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String[] PIECES = {
        "a", "\"", "\\", "\n", "\u0000", "\u001f", "\u007f", "é", "\u2028", "\uffff", "😀", "</script>", "ß", "\t"
    };

    private static Value any(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(text(random));
            case 3 ->
                new Value.Num(new BigDecimal(new BigInteger(90, new java.util.Random(random.nextLong())))
                        .movePointLeft(random.nextInt(12)));
            case 4 -> {
                List<Value> items = new ArrayList<>();
                for (int at = random.nextInt(5); at > 0; at--) {
                    items.add(any(random, depth + 1));
                }
                yield new Value.Items(items);
            }
            default -> {
                Map<String, Value> fields = new HashMap<>();
                for (int at = random.nextInt(5); at > 0; at--) {
                    fields.put(
                            "n" + random.nextInt(50) + (random.nextBoolean() ? " \"\\/" : ""), any(random, depth + 1));
                }
                yield new Value.Fields(fields);
            }
        };
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int at = random.nextInt(12); at > 0; at--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String plain(Value value) {
        return new String(JsonWriter.bytes(value), StandardCharsets.UTF_8);
    }

    @Test
    void what_is_written_reads_back_as_it_was() {
        Property.forAll(2_000, random -> any(random, 0), value -> {
            Parsed read = READER.read(JsonWriter.bytes(value));
            assertThat(read).isInstanceOf(Parsed.Whole.class);
            assertThat(plain(((Parsed.Whole) read).value())).isEqualTo(plain(value));
        });
    }

    @Test
    void another_reader_reads_the_same() {
        Property.forAll(1_000, random -> any(random, 0), value -> {
            JsonNode theirs = JACKSON.readTree(JsonWriter.bytes(value));
            Parsed ours = READER.read(JACKSON.writeValueAsBytes(theirs));
            assertThat(ours).isInstanceOf(Parsed.Whole.class);
            assertThat(JACKSON.readTree(plain(((Parsed.Whole) ours).value()))).isEqualTo(theirs);
        });
    }

    @Test
    void a_text_that_quotes_json_holds_exactly_those_bytes() {
        Property.forAll(1_000, random -> any(random, 0), value -> {
            byte[] json = JsonWriter.bytes(value);
            Parsed quoted = READER.read(new JsonWriter().quoted(json).bytes());
            assertThat(quoted).isEqualTo(new Parsed.Whole(Value.of(new String(json, StandardCharsets.UTF_8))));
        });
    }

    @Test
    void damaged_texts_are_read_or_refused_and_never_anything_else() {
        Property.forAll(
                4_000,
                random -> {
                    byte[] bytes = JsonWriter.bytes(any(random, 0));
                    for (int at = random.nextInt(4); at >= 0; at--) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                    }
                    return bytes;
                },
                bytes -> {
                    if (READER.read(bytes) instanceof Parsed.Whole whole) {
                        // What is accepted has one meaning: it survives being written again.
                        byte[] again = JsonWriter.bytes(whole.value());
                        assertThat(READER.read(again)).isInstanceOf(Parsed.Whole.class);
                    }
                });
    }

    @Test
    void every_limit_is_a_refusal() {
        // Given
        JsonReader strict = new JsonReader(new JsonLimits(4, 256, 64, 20));

        // When
        Parsed deep = strict.read("[[[[[1]]]]]".getBytes(StandardCharsets.UTF_8));
        Parsed longText = strict.read(("\"" + "x".repeat(5_000) + "\"").getBytes(StandardCharsets.UTF_8));
        Parsed many = strict.read(("[" + "1,".repeat(100) + "1]").getBytes(StandardCharsets.UTF_8));
        Parsed digits = strict.read("123456789012345678901".getBytes(StandardCharsets.UTF_8));
        Parsed within = strict.read("[[[[1]]]]".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(List.of(deep, longText, many, digits))
                .allSatisfy(parsed -> assertThat(parsed).isEqualTo(new Parsed.Broken(Parsed.Fault.TOO_MUCH)));
        assertThat(within).isInstanceOf(Parsed.Whole.class);
    }
}

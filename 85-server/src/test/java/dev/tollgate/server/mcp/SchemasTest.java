// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.Parsed;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {
    private final Schemas schemas = new Schemas();

    private static Value.Fields json(String text) {
        return new JsonReader(JsonLimits.DEFAULT).read(text.getBytes(StandardCharsets.UTF_8))
                                instanceof Parsed.Whole whole
                        && whole.value() instanceof Value.Fields fields
                ? fields
                : new Value.Fields(java.util.Map.of());
    }

    @Test
    void problems_name_the_place_and_the_keyword_and_never_the_value() {
        // Given
        Value.Fields schema =
                json("{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\",\"maximum\":150},"
                        + "\"mail\":{\"type\":\"string\",\"pattern\":\"^[^@]+@[^@]+$\"}},\"required\":[\"age\"],"
                        + "\"additionalProperties\":false}");

        // When
        List<String> wrong = schemas.problems(schema, json("{\"age\":4711,\"mail\":\"canary-value\"}"));
        List<String> missing = schemas.problems(schema, json("{}"));
        List<String> right = schemas.problems(schema, json("{\"age\":7,\"mail\":\"a@b\"}"));

        // Then
        assertThat(wrong)
                .containsExactlyInAnyOrder("`/age` does not meet `maximum`", "`/mail` does not meet `pattern`");
        assertThat(missing).containsExactly("the whole does not meet `required`");
        assertThat(right).isEmpty();
        assertThat(wrong.toString()).doesNotContain("4711", "canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"https://example.com/schema.json\"}",
                "{\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}}",
                "{\"allOf\":[{\"$dynamicRef\":\"http://169.254.169.254/\"}]}"
            })
    void a_reference_outside_the_schema_is_never_followed(String schema) {
        assertThatThrownBy(() -> schemas.problems(json(schema), json("{\"a\":1}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a schema refers to nothing outside itself");
    }

    @Test
    void a_schema_has_a_bounded_number_of_parts() {
        // Given
        StringBuilder schema = new StringBuilder("{\"anyOf\":[{}");
        schema.repeat(",{}", 5_000).append("]}");

        // When
        var refused = assertThatThrownBy(() -> schemas.problems(json(schema.toString()), json("{}")));

        // Then
        refused.isInstanceOf(IllegalArgumentException.class).hasMessage("a schema has at most 5000 parts");
    }
}

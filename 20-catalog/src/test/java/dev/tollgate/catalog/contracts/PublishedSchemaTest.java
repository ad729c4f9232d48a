// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tollgate.catalog.Mask;
import dev.tollgate.catalog.Reversibility;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PublishedSchemaTest {
    private static final Path DOCS = Path.of(System.getProperty("tollgate.root", "."), "docs");

    @ParameterizedTest
    @ValueSource(strings = {"contract.schema.json", "classes.schema.json"})
    void the_published_schema_is_the_one_that_the_loader_uses_and_is_a_json_schema(String name) throws IOException {
        // When
        byte[] published = Files.readAllBytes(DOCS.resolve(name));

        // Then
        assertThat(published).isEqualTo(bytes(name));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(JsonMapper.shared().readTree(published)))
                .isEmpty();
    }

    @Test
    void the_words_of_the_schema_are_the_words_of_the_code() throws IOException {
        // When
        JsonNode schema = JsonMapper.shared().readTree(bytes("contract.schema.json"));
        JsonNode field = schema.at("/$defs/field/properties");
        JsonNode tool = schema.at("/$defs/tool/properties");

        // Then
        assertThat(words(field.at("/type/enum"))).isEqualTo(words(ValueType.values(), ValueType::word));
        assertThat(words(field.at("/mask/enum"))).isEqualTo(words(Mask.values(), Mask::word));
        assertThat(words(field.at("/write/enum"))).isEqualTo(words(WriteClass.values(), WriteClass::word));
        assertThat(words(tool.at("/kind/enum"))).isEqualTo(words(ToolType.Kind.values(), ToolType.Kind::word));
        assertThat(words(tool.at("/verb/enum"))).isEqualTo(words(Verb.values(), Verb::word));
        assertThat(words(tool.at("/reversibility/enum"))).isEqualTo(words(Reversibility.values(), Reversibility::word));
        assertThat(List.copyOf(
                        schema.at("/$defs/object/properties/facts/properties").propertyNames()))
                .containsExactlyInAnyOrderElementsOf(words(Fact.values(), Fact::word));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ContractLoader.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static List<String> words(JsonNode words) {
        List<String> all = new ArrayList<>();
        words.forEach(word -> all.add(word.asString()));
        return all;
    }

    private static <E> List<String> words(E[] constants, java.util.function.Function<E, String> word) {
        return Arrays.stream(constants).map(word).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tollgate.catalog.contracts.Bundles;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolSchemasTest {
    private static final Catalog CATALOG = new Catalog(
            Stream.of("default", "tryton")
                    .flatMap(bundle -> Bundles.load(bundle).contracts().stream())
                    .toList(),
            DataClasses.BASE);

    @Test
    void every_schema_of_every_tool_is_a_json_schema() {
        // Given
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        for (ToolType tool : CATALOG.tools()) {
            for (Set<String> visible : List.of(Set.<String>of(), Set.of("id"), names(tool))) {
                // When
                Value.Fields input = ToolSchemas.input(tool, object(tool), visible);
                Value.Fields output = ToolSchemas.output(tool, object(tool), visible);

                // Then
                assertThat(meta.validate(Json.node(input)))
                        .as(tool.name().value())
                        .isEmpty();
                assertThat(meta.validate(Json.node(output)))
                        .as(tool.name().value())
                        .isEmpty();
            }
        }
    }

    @Test
    void a_schema_names_no_field_that_the_principal_may_not_know_of() {
        for (ToolType tool : CATALOG.tools()) {
            for (FieldType hidden : object(tool).fields()) {
                // Given
                Set<String> visible = names(tool);
                visible.remove(hidden.name());

                // When
                String both = CanonicalJson.text(ToolSchemas.input(tool, object(tool), visible))
                        + CanonicalJson.text(ToolSchemas.output(tool, object(tool), visible));

                // Then
                boolean word = Set.of("id", "reason").contains(hidden.name());
                assertThat(both.contains("\"" + hidden.name() + "\"") && !word && !isOtherWord(tool, hidden))
                        .as(tool.name() + " without " + hidden.name())
                        .isFalse();
            }
        }
    }

    /// A field may share its name with a data class, an object or a word of JSON Schema.
    private static boolean isOtherWord(ToolType tool, FieldType hidden) {
        Set<String> words = new TreeSet<>(Set.of(
                "type",
                "description",
                "number",
                "value",
                "count",
                "decision",
                "object",
                "system",
                "values",
                "tags",
                "items",
                "required"));
        words.add(tool.object());
        object(tool).fields().forEach(field -> words.add(field.dataClass().name()));
        object(tool).fields().forEach(field -> words.addAll(field.picklist()));
        return words.contains(hidden.name());
    }

    @Test
    @Requirement("S0-30")
    void inputs_are_by_data_class_answers_carry_a_verdict_per_field_and_calls_have_a_rate() {
        // Given
        ToolType tool = CATALOG.tool(new ToolName("contact_get")).orElseThrow();
        Value.Fields byClass =
                fields("id", Value.of("c-1"), "classes", Value.texts(List.of("preferences", "marketing-consent")));
        Set<String> visible = names(tool);
        visible.remove("marketing_consent_at");

        // When
        var step = Arguments.read(tool, object(tool), byClass, visible, new FakeCursorSeal());

        // Then
        assertThat(ArgumentsTest.passed(step).fields())
                .containsExactly("language", "preferred_channel", "do_not_call", "marketing_consent");
        assertThat(Json.errors(ToolSchemas.input(tool, object(tool), visible), byClass))
                .isEmpty();
        assertThat(Json.errors(ToolSchemas.output(tool, object(tool), visible), answer("masked")))
                .isEmpty();
        assertThat(Json.errors(ToolSchemas.output(tool, object(tool), visible), answer("unsaid")))
                .isNotEmpty();
        assertThat(CATALOG.contract(new SystemId("demo")).orElseThrow().limits().callsPerMinuteMax())
                .isEqualTo(600);
    }

    @Test
    void a_class_that_only_concealed_fields_are_in_is_answered_like_one_that_does_not_exist() {
        // Given
        ToolType tool = CATALOG.tool(new ToolName("contact_get")).orElseThrow();
        Set<String> visible = names(tool);
        visible.remove("medical_note");

        // When
        List<List<String>> told = Stream.of("medical", "no-such-class", "mеdical")
                .map(name -> fields("id", Value.of("c"), "classes", Value.texts(List.of(name))))
                .map(given -> ArgumentsTest.problems(
                        Arguments.read(tool, object(tool), given, visible, new FakeCursorSeal())))
                .toList();

        // Then
        assertThat(told).containsOnly(List.of("`/classes/0` names a class that no field is in"));
    }

    @Test
    @Requirement("S0-10")
    void the_verbs_of_the_requirement_are_the_verbs_of_contracts_scopes_and_policies() {
        assertThat(List.of("read", "search", "summarize", "export", "write", "reconcile", "delete"))
                .allSatisfy(word -> assertThat(Verb.of(word)).isPresent());
        assertThat(CATALOG.tools())
                .extracting(ToolType::verb)
                .contains(Verb.READ, Verb.SEARCH, Verb.SUMMARIZE, Verb.EXPORT, Verb.CREATE);
        assertThat(CATALOG.tool(new ToolName("activity_summaries"))
                        .orElseThrow()
                        .scopes())
                .extracting(Object::toString)
                .containsExactly("crm:activity:summarize");
        assertThat(CATALOG.tool(new ToolName("contact_export")).orElseThrow().scopes())
                .extracting(Object::toString)
                .containsExactly("crm:contact:export");
    }

    @Test
    void a_masked_amount_and_a_placeholder_fit_the_schema_of_the_answer() {
        // Given
        ToolType tool = CATALOG.tool(new ToolName("opportunity_search")).orElseThrow();
        Value.Fields schema = ToolSchemas.output(tool, object(tool), names(tool));
        Value masked = Mask.RANGE.apply(new Value.Num(new BigDecimal("12345.67")));

        // When
        Value answer = fields(
                "system", Value.of("demo"),
                "object", Value.of("opportunity"),
                "cursor", Value.of("next"),
                "decision", decision(),
                "records",
                        new Value.Items(List.of(fields(
                                "values",
                                fields(
                                        "amount",
                                        masked,
                                        "internal_margin_note",
                                        Value.of("internal notes unavailable")),
                                "tags",
                                fields("amount", tag("masked"), "internal_margin_note", tag("withheld"))))));

        // Then
        assertThat(Json.errors(schema, answer)).isEmpty();
    }

    private static Value answer(String view) {
        return fields(
                "system", Value.of("demo"),
                "object", Value.of("contact"),
                "decision", decision(),
                "records",
                        new Value.Items(List.of(fields(
                                "values",
                                fields("email", Value.of("j***@example.com")),
                                "tags",
                                fields("email", tag(view))))));
    }

    private static Value decision() {
        return fields("id", Value.of("d"), "policy", Value.of("sha256:x"), "log_index", Value.of(7));
    }

    private static Value tag(String view) {
        return fields("view", Value.of(view), "class", Value.of("contact-detail"), "rule", Value.of("r"));
    }

    private static ObjectType object(ToolType tool) {
        return CATALOG.object(tool.system(), tool.object()).orElseThrow();
    }

    private static Set<String> names(ToolType tool) {
        Set<String> names = new TreeSet<>();
        object(tool).fields().forEach(field -> names.add(field.name()));
        return names;
    }

    private static Value.Fields fields(Object... pairs) {
        Map<String, Value> values = new java.util.TreeMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            values.put((String) pairs[at], (Value) pairs[at + 1]);
        }
        return new Value.Fields(values);
    }
}

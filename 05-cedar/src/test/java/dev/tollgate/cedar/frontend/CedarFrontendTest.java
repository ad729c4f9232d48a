// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.Compiler;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.Schema;
import dev.tollgate.cedar.frontend.CedarFrontend.Converted;
import dev.tollgate.cedar.frontend.CedarFrontend.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The fence around cedar-java: what kills or confuses it does not reach it, and what it says is made useful.
final class CedarFrontendTest {
    private static final String HEAD = "permit (principal, action, resource) when { ";
    private static final String SCHEMA = "entity U { name: String }; entity R; "
            + "action read appliesTo { principal: U, resource: R, context: { n: Long } };";

    private final CedarFrontend frontend = new CedarFrontend();

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "!(", "{a: ", "if (", "context[", "-("})
    void nested_text_that_kills_the_native_parser_is_refused_before_it(String nest) {
        // Given
        String text = HEAD + nest.repeat(100_000) + "1 };";

        // When
        Parsed parsed = frontend.parse(text.substring(0, 60_000));

        // Then
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Parsed.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.message()).contains("nest")));
    }

    @ParameterizedTest
    @ValueSource(strings = {" && true", " + 1", ".a", " || true", " == 1", " - 1", "[\"a\"]", " has a"})
    void long_chains_are_refused_before_the_native_parser(String link) {
        // Given
        String text = HEAD + "context.x" + link.repeat(2_000) + " };";

        // When
        Parsed parsed = frontend.parse(text);

        // Then
        assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void what_the_scan_admits_at_its_limits_is_survived() {
        // Given
        String chain = "true" + " && true".repeat(99);
        String inner = chain;
        for (int depth = 0; depth < 28; depth++) {
            inner = "(" + inner + ") && " + chain.substring(0, 12 * 8 - 4);
        }

        // When
        Parsed parsed = frontend.parse(HEAD + inner + " };");

        // Then
        assertThat(parsed).isInstanceOf(Parsed.Policies.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\u0000", "\"\ude00\""})
    void text_that_is_no_unicode_is_refused(String bad) {
        // Given
        String text = HEAD + "context.x == " + bad + " };";

        // When
        Parsed parsed = frontend.parse(text);

        // Then
        assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void a_policy_of_more_than_64_kb_is_refused() {
        // Given
        String text = HEAD + "context.x == \"" + "x".repeat(70_000) + "\" };";

        // When
        Parsed parsed = frontend.parse(text);

        // Then
        assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void every_broken_policy_is_told_with_line_and_column() {
        // Given
        String text = """
                // é ; "not a string"
                permit (principal, action, resource) when { "é;" == "a" && context.x.foo() };
                permit (principal, action, resource);
                permit (principal, action, resource)
                  when { 1 / 2 == 3 };
                """;

        // When
        Parsed parsed = frontend.parse(text);

        // Then
        assertThat(parsed)
                .isEqualTo(new Parsed.Rejected(List.of(
                        new Problem("policy0", 2, 60, "`foo` is not a valid method"),
                        new Problem("policy2", 5, 10, "division is not supported"))));
    }

    @Test
    void sources_are_told_by_id() {
        // Given
        String text = "@id(\"a;b\") permit (principal, action, resource); // end\n"
                + "forbid (principal in ?principal, action, resource);";

        // When
        Parsed parsed = frontend.parse(text);

        // Then
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Parsed.Policies.class,
                        policies -> assertThat(policies.sources())
                                .containsEntry("policy0", "@id(\"a;b\") permit (principal, action, resource);")
                                .containsEntry(
                                        "policy1", "// end\nforbid (principal in ?principal, action, resource);"));
    }

    @Test
    void validation_is_strict_and_tells_places_and_suggestions() {
        // Given
        String text = "permit (principal, action, resource)\nwhen { principal.nam == \"x\" };";

        // When
        CedarFrontend.Validated validated = frontend.validate(text, SCHEMA);

        // Then
        assertThat(validated.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(8);
            assertThat(problem.message()).contains("`nam`", "did you mean `name`");
        });
    }

    @Test
    void valid_policies_and_templates_pass() {
        // Given
        String text = "permit (principal, action, resource) when { principal.name == \"x\" && context.n < 3 };"
                + "forbid (principal == ?principal, action, resource);";

        // When
        CedarFrontend.Validated validated = frontend.validate(text, SCHEMA);

        // Then
        assertThat(validated.errors()).isEmpty();
    }

    @Test
    void a_broken_schema_never_passes() {
        // Given
        String schema = "entity U;\nentity R in ;";

        // When
        CedarFrontend.Validated validated = frontend.validate("permit (principal, action, resource);", schema);
        Converted converted = frontend.schemaToJson(schema);

        // Then
        assertThat(validated.passed()).isFalse();
        assertThat(converted).isInstanceOf(Converted.Rejected.class);
    }

    @Test
    void a_schema_with_characters_that_cedar_java_cannot_hand_over_is_converted() {
        // Given
        String schema = "entity U { \"\ud83d\ude00\": Long };";

        // When
        Converted converted = frontend.schemaToJson(schema);

        // Then
        assertThat(converted)
                .isInstanceOfSatisfying(
                        Converted.Text.class, text -> assertThat(text.text()).contains("\ud83d\ude00"));
    }

    @Test
    void formatting_keeps_the_meaning_and_lays_out() {
        // Given
        String text = "permit(principal,action,resource)when{true};";

        // When
        Converted formatted = frontend.format(text);

        // Then
        assertThat(formatted).isEqualTo(new Converted.Text("permit (principal, action, resource)\nwhen { true };\n"));
    }

    @Test
    void links_of_templates_are_policies_of_their_own() {
        // Given
        String est = """
                {"staticPolicies":{}, "templates":{"t":{"effect":"permit","principal":{"op":"in","slot":"?principal"},
                 "action":{"op":"All"},"resource":{"op":"is","entity_type":"R","in":{"slot":"?resource"}},
                  "conditions":[],
                 "annotations":{"id":"shared"}}},
                 "templateLinks":[{"templateId":"t","newId":"link-1",
                   "values":{"?principal":{"type":"U","id":"a"},"?resource":{"__entity":{"type":"R","id":"x"}}}}]}""";
        PolicySet policies = Compiler.compile(est, Schema.EMPTY);

        // When
        EntityUid read = EntityUid.of("Action", "read");
        Answer matching = policies.authorize(
                new Request(EntityUid.of("U", "a"), read, EntityUid.of("R", "x"), Rec.EMPTY), Entities.EMPTY);
        Answer other = policies.authorize(
                new Request(EntityUid.of("U", "b"), read, EntityUid.of("R", "x"), Rec.EMPTY), Entities.EMPTY);

        // Then
        assertThat(matching.determining()).containsExactly("link-1");
        assertThat(policies.annotations("link-1")).containsEntry("id", "shared");
        assertThat(other.allowed()).isFalse();
    }
}

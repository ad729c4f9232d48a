// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.contracts.Bundles;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final Catalog CATALOG = Bundles.load("default").catalog();

    @Test
    void a_get_names_a_record_and_its_fields() {
        // When
        Operation operation = passed("contact_get", fields("id", text("c-1"), "fields", items("email", "name")));

        // Then
        assertThat(operation).isInstanceOfSatisfying(Operation.Get.class, get -> {
            assertThat(get.record().value()).isEqualTo("c-1");
            assertThat(get.fields()).containsExactly("email", "name");
            assertThat(get.rules()).isEmpty();
            assertThat(get.target().destination()).isEqualTo(Operation.Target.AGENT);
            assertThat(get.target().system().value()).isEqualTo("demo");
        });
    }

    @Test
    void a_call_that_names_no_fields_gets_the_few_that_the_tool_is_for() {
        // When
        Operation operation = passed("contact_get", fields("id", text("c-1")));

        // Then
        assertThat(operation.fields())
                .isEqualTo(
                        CATALOG.tool(new ToolName("contact_get")).orElseThrow().defaultFields())
                .doesNotContain("risk_note", "medical_note", "national_id", "birth_date");
    }

    @Test
    void default_fields_that_the_principal_may_not_know_of_are_left_out() {
        // When
        Step<Operation> step = read("contact_get", fields("id", text("c-1")), Set.of("id", "name"));

        // Then
        assertThat(step)
                .isInstanceOfSatisfying(
                        Step.Passed.class,
                        passed -> assertThat(((Operation) passed.state()).fields())
                                .isEqualTo(List.of("id", "name")));
    }

    @Test
    void a_search_reads_typed_conditions_sort_keys_and_a_page() {
        // Given
        Value.Fields arguments = fields(
                "where",
                new Value.Items(List.of(
                        condition("stage", "in", items("won", "lost")),
                        condition("amount", "at_least", text("1000.50")),
                        condition("close_date", "less", text("2026-01-31")),
                        condition("updated_at", "greater", text("2026-01-31T08:00:00+02:00")),
                        condition("probability", "equals", Value.of(50)))),
                "order",
                new Value.Items(List.of(fields("field", text("amount"), "descending", Value.of(true)))),
                "limit",
                Value.of(7),
                "cursor",
                text("page-40"));

        // When
        Operation operation = passed("opportunity_search", arguments);

        // Then
        assertThat(operation).isInstanceOfSatisfying(Operation.Search.class, search -> {
            assertThat(search.where())
                    .contains(
                            new Operation.Condition(
                                    "amount", Comparison.AT_LEAST, new Value.Num(new BigDecimal("1000.50"))),
                            new Operation.Condition(
                                    "close_date", Comparison.LESS, new Value.Day(LocalDate.of(2026, 1, 31))),
                            new Operation.Condition(
                                    "updated_at",
                                    Comparison.GREATER,
                                    new Value.Moment(Instant.parse("2026-01-31T06:00:00Z"))));
            assertThat(search.order()).containsExactly(new Operation.Order("amount", true));
            assertThat(search.limit()).isEqualTo(7);
            assertThat(search.offset()).isEqualTo(40);
        });
    }

    @Test
    void a_create_takes_only_the_fields_that_its_tool_accepts() {
        // Given
        Value.Fields values = fields(
                "account_id", text("a-1"),
                "order_id", text("o-1"),
                "amount", new Value.Num(new BigDecimal("12.50")),
                "currency", text("EUR"),
                "reason", text("late"),
                "justification", text("It came too late."));
        Map<String, Value> more = new java.util.TreeMap<>(values.values());
        more.put("tenant_id", text("globex"));

        // When
        Operation operation = passed("refund_request_create", fields("values", values));
        List<String> problems = problems(
                read("refund_request_create", fields("values", new Value.Fields(more)), all("refund_request")));

        // Then
        assertThat(operation)
                .isInstanceOfSatisfying(
                        Write.Create.class,
                        create -> assertThat(create.values()).isEqualTo(values.values()));
        assertThat(problems).containsExactly("`/values` names a field that does not exist");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_and_nothing_that_was_given_is_repeated() {
        // Given
        Value.Fields arguments = fields(
                "where",
                new Value.Items(List.of(
                        condition("stage", "equals", text("s3cret-stage")),
                        condition("amount", "contains", text("s3cret")),
                        condition("close_date", "equals", text("s3cret-31.01.")),
                        condition("s3cret_field", "equals", text("x")),
                        condition("next_step", "equals", text("x")),
                        fields("field", text("amount")),
                        condition("amount", "s3cret_comparison", Value.of(1)))),
                "order",
                new Value.Items(List.of(fields("field", text("s3cret_field")))),
                "limit",
                Value.of(100_000),
                "fields",
                items("id", "id", "s3cret_field"),
                "s3cret_argument",
                Value.of(1));

        // When
        List<String> problems = problems(read("opportunity_search", arguments, all("opportunity")));

        // Then
        assertThat(problems)
                .containsExactly(
                        "only where, order, limit, cursor, fields, classes are known here",
                        "`/where/0/value` must be one of prospecting, discovery, proposal, negotiation, won, lost",
                        "`/where/1/value` cannot be `contains` for a field of type `decimal`",
                        "`/where/2/value` must be a date such as 2026-01-31",
                        "`/where/3/field` names a field that does not exist",
                        "`/where/4/field` cannot be filtered or sorted by",
                        "`/where/5` must have field, comparison and value, and nothing else",
                        "`/where/6/comparison` is not known",
                        "`/order/0/field` names a field that does not exist",
                        "`/limit` must be a whole number from 1 to 200",
                        "`/fields/1` is there twice",
                        "`/fields/2` names a field that does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no_such_field",
                "iban",
                "іban",
                "na\u200Bme",
                "ｎａｍｅ",
                "NAME",
                "name ",
                "account.name",
                "account_id.name",
                "owner.iban",
                "",
                "*",
                "__proto__",
                "name; drop table contact"
            })
    @Requirement("B-4")
    void unknown_concealed_confusable_and_dotted_names_are_answered_in_the_same_words(String name) {
        // Given
        Set<String> visible = new TreeSet<>(all("account"));
        visible.remove("iban");

        // When
        List<String> returned =
                problems(read("account_get", fields("id", text("a"), "fields", items("id", name)), visible));
        List<String> filtered = problems(read(
                "account_count",
                fields("where", new Value.Items(List.of(condition(name, "equals", text("x"))))),
                visible));
        List<String> sorted = problems(read(
                "account_search", fields("order", new Value.Items(List.of(fields("field", text(name))))), visible));

        // Then
        assertThat(returned).containsExactly("`/fields/1` names a field that does not exist");
        assertThat(filtered).containsExactly("`/where/0/field` names a field that does not exist");
        assertThat(sorted).containsExactly("`/order/0/field` names a field that does not exist");
    }

    @Test
    void limits_are_named() {
        Value many = new Value.Items(java.util.Collections.nCopies(21, condition("id", "equals", text("x"))));
        Value wide = new Value.Items(java.util.Collections.nCopies(101, text("won")));
        assertThat(problems(read("account_count", fields("where", many), all("account"))))
                .containsExactly("`/where` must be a list of at most 20 items");
        assertThat(problems(read(
                        "opportunity_count",
                        fields("where", new Value.Items(List.of(condition("stage", "in", wide)))),
                        all("opportunity"))))
                .containsExactly("`/where/0/value` must be a list of 1 to 100 items");
        assertThat(problems(read("account_search", fields("cursor", text("page-10001")), all("account"))))
                .containsExactly("`/cursor` lies beyond 10000 rows: narrow the search");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+1000000000", "1E-1000000000", "1234567890123456789012345678901234567890"})
    void a_number_that_stands_for_too_many_digits_is_refused_before_any_arithmetic(String number) {
        // When
        List<String> problems = problems(read(
                "opportunity_count",
                fields(
                        "where",
                        new Value.Items(List.of(condition("amount", "equals", new Value.Num(new BigDecimal(number)))))),
                all("opportunity")));

        // Then
        assertThat(problems).containsExactly("`/where/0/value` must be a number, or a decimal number as text");
    }

    static Set<String> all(String object) {
        Set<String> names = new TreeSet<>();
        CATALOG.contracts().getFirst().object(object).orElseThrow().fields().forEach(field -> names.add(field.name()));
        return names;
    }

    private static Operation passed(String tool, Value.Fields arguments) {
        String object = CATALOG.tool(new ToolName(tool)).orElseThrow().object();
        return passed(read(tool, arguments, all(object)));
    }

    static Operation passed(Step<Operation> step) {
        return switch (step) {
            case Step.Passed<Operation> passed -> passed.state();
            case Step.Refused<Operation> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    static Step<Operation> read(String name, Value.Fields arguments, Set<String> visible) {
        ToolType tool = CATALOG.tool(new ToolName(name)).orElseThrow();
        ObjectType object = CATALOG.object(tool.system(), tool.object()).orElseThrow();
        return Arguments.read(tool, object, arguments, visible, new FakeCursorSeal());
    }

    static List<String> problems(Step<Operation> step) {
        return switch (step) {
            case Step.Passed<Operation> _ -> List.of();
            case Step.Refused<Operation> refused -> ((Refusal.Malformed) refused.why()).problems();
        };
    }

    private static Value text(String text) {
        return Value.of(text);
    }

    private static Value items(String... texts) {
        return Value.texts(List.of(texts));
    }

    private static Value condition(String field, String comparison, Value value) {
        return fields("field", text(field), "comparison", text(comparison), "value", value);
    }

    private static Value.Fields fields(Object... pairs) {
        Map<String, Value> values = new java.util.TreeMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            values.put((String) pairs[at], (Value) pairs[at + 1]);
        }
        return new Value.Fields(values);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.connectors.Discovery;
import dev.tollgate.connectors.Row;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The tables of the demo CRM and the contract that the default bundle ships say the same.
final class DemoContractTest extends BundledDemo {
    @Test
    void every_field_of_the_contract_is_a_column_that_holds_what_the_contract_says() {
        for (ObjectType object : contract.objects()) {
            // Given
            List<String> fields = object.fields().stream().map(FieldType::name).toList();
            var search = new Operation.Search(
                    target(object.name(), Verb.SEARCH, object.name() + "_search"),
                    List.of(),
                    List.of(),
                    200,
                    0,
                    fields,
                    List.of());

            // When
            List<Row> rows = rows(search).rows();

            // Then
            assertThat(rows).as(object.name()).isNotEmpty();
            assertThat(rows).allSatisfy(row -> assertThat(row.fields()).containsOnlyKeys(fields));
            for (FieldType field : object.fields()) {
                boolean filled = rows.stream().anyMatch(row -> !(row.fields().get(field.name()) instanceof Value.Null));
                assertThat(filled || MAY_BE_EMPTY.contains(field.name()))
                        .as(object.name() + "." + field.name() + " has a value in some row")
                        .isTrue();
                if (!field.picklist().isEmpty()) {
                    assertThat(rows)
                            .as(object.name() + "." + field.name())
                            .allSatisfy(row -> assertThat(row.fields().get(field.name()))
                                    .matches(value -> value instanceof Value.Null
                                            || (value instanceof Value.Text text
                                                    && field.picklist().contains(text.text()))));
                }
            }
        }
    }

    /// Set by people, or when something is sent, and nobody did yet.
    private static final List<String> MAY_BE_EMPTY = List.of("decided_by", "case_id", "sent_to");

    @Test
    void the_tables_have_the_columns_of_the_contract_and_no_others() {
        // Given
        Map<String, List<String>> declared = new TreeMap<>();
        contract.objects()
                .forEach(object -> declared.put(
                        object.upstream(),
                        object.fields().stream().map(FieldType::upstream).toList()));

        // When
        Map<String, List<String>> filled = DemoData.tables(NOW).stream()
                .collect(Collectors.toMap(DemoTable::object, DemoTable::columns, (one, _) -> one, TreeMap::new));

        // Then
        assertThat(filled).isEqualTo(declared);
    }

    @Test
    void amounts_stay_exact_and_compare_as_numbers() {
        // Given
        var all = new Operation.Search(
                target("payment", Verb.SEARCH, "payment_search"),
                List.of(),
                List.of(),
                200,
                0,
                List.of("amount"),
                List.of());
        Value.Num some = (Value.Num) rows(all).rows().get(17).fields().getOrDefault("amount", Value.NULL);
        BigDecimal half = new BigDecimal("0.00005");

        // When
        long equal = payments(Comparison.EQUALS, some.number());
        long between = payments(Comparison.EQUALS, some.number().add(half));
        long most = payments(Comparison.AT_MOST, some.number());
        long mostAndHalf = payments(Comparison.AT_MOST, some.number().add(half));
        long less = payments(Comparison.LESS, some.number().add(half));
        long greater = payments(Comparison.GREATER, some.number().add(half));
        long huge = payments(Comparison.LESS, new BigDecimal("1e50"));
        long unequal = payments(Comparison.NOT_EQUALS, some.number().add(half));

        // Then
        assertThat(equal).isPositive();
        assertThat(between).isZero();
        assertThat(mostAndHalf).isEqualTo(most);
        assertThat(less).isEqualTo(most);
        assertThat(greater + most).isEqualTo(huge);
        assertThat(unequal).isEqualTo(huge);
    }

    private long payments(Comparison comparison, BigDecimal amount) {
        var condition = new Operation.Condition("amount", comparison, new Value.Num(amount));
        return rows(new Operation.Count(target("payment", Verb.SEARCH, "payment_count"), List.of(condition), List.of()))
                .count()
                .orElseThrow();
    }

    @Test
    void the_crm_describes_itself_as_the_contract_does() {
        // Given
        Discovery discovery = new Discovery(
                contract.system(), (_, _) -> SecretStore.rejected(), "none", new DemoDoor(store, () -> NOW));
        Map<String, ValueType> declared = new TreeMap<>();
        contract.objects()
                .forEach(object -> object.fields()
                        .forEach(field -> declared.put(object.upstream() + "." + field.upstream(), field.type())));

        // When
        Step<Metadata> described = discovery.metadata();

        // Then
        assertThat(described).isInstanceOf(Step.Passed.class);
        Map<String, ValueType> types = new TreeMap<>();
        ((Step.Passed<Metadata>) described)
                .state()
                .objects()
                .forEach(kind -> kind.fields()
                        .forEach(column -> types.put(kind.upstream() + "." + column.upstream(), column.type())));
        assertThat(types).isEqualTo(declared);
    }

    @Test
    void a_record_of_the_gateways_own_tables_is_out_of_reach() {
        // When
        var tables = List.of("consumed_token", "demo_loaded", "schema_mark", "sqlite_master");

        // Then
        for (String table : tables) {
            var read = new Operation.Get(target(table, Verb.READ, "x_get"), new RecordId("1"), List.of(), List.of());
            assertThat(execute(read)).isInstanceOf(Step.Refused.class);
        }
    }
}

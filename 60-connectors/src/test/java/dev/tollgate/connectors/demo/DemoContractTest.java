// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.connectors.Authority;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.GuardedConnector;
import dev.tollgate.connectors.Row;
import dev.tollgate.connectors.Rows;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo CRM behind the contract that the default bundle ships.
final class DemoContractTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    @TempDir
    private static Path folder;

    private static Store store;
    private static Contract contract;

    private final Authority authority = new Authority();
    private final GuardedConnector connector = connector(authority);

    private static GuardedConnector connector(Authority authority) {
        Door door = new DemoDoor(store, InstantSource.fixed(NOW));
        return new GuardedConnector(authority.check(), (_, _) -> SecretStore.rejected(), "none", door, contract);
    }

    @BeforeAll
    static void open() throws IOException {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")));
        DemoData.load(store, NOW);
        Path root = Path.of(System.getProperty("tollgate.root", ".."));
        Checked<ContractLoader.Loaded> loaded =
                new ContractLoader().load(root.resolve("90-app/src/main/resources/bundles/default"));
        assertThat(loaded).isInstanceOf(Checked.Sound.class);
        contract = ((Checked.Sound<ContractLoader.Loaded>) loaded)
                .value().contracts().stream()
                        .filter(one -> one.connector().equals("demo"))
                        .findFirst()
                        .orElseThrow();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Operation.Target target(String object, Verb verb, String tool) {
        return new Operation.Target(contract.system(), object, new ToolName(tool), verb, "agent");
    }

    private Step<Rows> execute(Operation operation) {
        return connector.execute(authority.token(operation), operation);
    }

    private Rows rows(Operation operation) {
        Step<Rows> step = execute(operation);
        assertThat(step).isInstanceOf(Step.Passed.class);
        return ((Step.Passed<Rows>) step).state();
    }

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

    /// Set by people, and nobody did yet.
    private static final List<String> MAY_BE_EMPTY = List.of("decided_by", "case_id");

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

    private static Operation.Create refund(Map<String, Value> values, List<RowRule> rules) {
        return new Operation.Create(
                target("refund_request", Verb.CREATE, "refund_request_create"), values, List.of("id", "status"), rules);
    }

    private static Map<String, Value> values(String account, String order, String amount) {
        return Map.of(
                "account_id", Value.of(account),
                "order_id", Value.of(order),
                "amount", new Value.Num(new BigDecimal(amount)),
                "currency", Value.of("EUR"),
                "reason", Value.of("late"),
                "justification", Value.of("The order is two weeks late."));
    }

    private static final RowRule ACME = new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme"));

    @Test
    void a_refund_request_is_made_and_can_be_read_back() {
        // When
        Row made = rows(refund(values("acc_000001", "ord_000001", "12.34"), List.of(ACME)))
                .rows()
                .getFirst();
        var read = new Operation.Get(
                target("refund_request", Verb.READ, "refund_request_get"),
                made.id(),
                List.of("amount", "status", "owner_id", "tenant_id", "created_at"),
                List.of(ACME));
        Row found = rows(read).rows().getFirst();

        // Then
        assertThat(made.fields()).containsEntry("status", Value.of("requested"));
        assertThat(found.fields())
                .containsEntry("amount", new Value.Num(new BigDecimal("12.3400")))
                .containsEntry("owner_id", Value.of("usr_001"))
                .containsEntry("tenant_id", Value.of("acme"))
                .containsEntry("created_at", new Value.Moment(NOW));
    }

    @Requirement("S1-14")
    @Test
    void a_refund_request_cannot_reach_over_the_tenant_wall() {
        // Given
        long before = count();
        String other = "acc_000005";
        Map<String, Value> forged = new TreeMap<>(values("acc_000001", "ord_000001", "10"));
        forged.put("tenant_id", Value.of("globex"));

        // When
        Step<Rows> otherAccount = execute(refund(values(other, "ord_000007", "10"), List.of(ACME)));
        Step<Rows> otherTenant = execute(refund(forged, List.of(ACME)));
        Step<Rows> otherTenantWithoutRule = execute(refund(forged, List.of()));

        // Then
        assertThat(otherAccount).isEqualTo(rejected());
        assertThat(otherTenant).isInstanceOf(Step.Refused.class);
        assertThat(((Step.Refused<Rows>) otherTenant).why()).isInstanceOf(Refusal.Denied.class);
        assertThat(otherTenantWithoutRule).isEqualTo(rejected());
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void a_refund_request_that_breaks_the_crms_rules_is_rejected() {
        // Given
        long before = count();

        // When
        List<Step<Rows>> answers = List.of(
                execute(refund(values("acc_000001", "ord_000900", "10"), List.of(ACME))),
                execute(refund(values("acc_000001", "ord_000001", "0"), List.of(ACME))),
                execute(refund(values("acc_000001", "ord_000001", "-5"), List.of(ACME))),
                execute(refund(values("acc_000001", "ord_000001", "0.00001"), List.of(ACME))),
                execute(refund(Map.of("amount", Value.of(5)), List.of(ACME))));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(rejected()));
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void nothing_else_is_made() {
        // Given
        var note = new Operation.Create(
                target("note", Verb.CREATE, "note_create"), Map.of("title", Value.of("x")), List.of("id"), List.of());

        // When
        Step<Rows> answer = execute(note);

        // Then
        assertThat(answer).isEqualTo(Step.refuse(new Refusal.UpstreamFailed(contract.system(), "unsupported")));
    }

    private static Step<Rows> rejected() {
        return Step.refuse(new Refusal.UpstreamFailed(contract.system(), "rejected"));
    }

    private long count() {
        return rows(new Operation.Count(
                        target("refund_request", Verb.SEARCH, "refund_request_count"), List.of(), List.of()))
                .count()
                .orElseThrow();
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

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Authority;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.GuardedConnector;
import dev.tollgate.connectors.Rows;
import dev.tollgate.secrets.Lease;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A real Tryton behind the contract that the Tryton bundle ships.
final class TrytonContractTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static Contract contract;

    private final Authority authority = new Authority();
    private final TrytonDoor door = new TrytonDoor(TrytonServer.config(), InstantSource.fixed(NOW));

    @BeforeAll
    static void load() {
        contract = bundled();
    }

    /// The contract that the Tryton bundle ships.
    static Contract bundled() {
        Path root = Path.of(System.getProperty("tollgate.root", ".."));
        Checked<ContractLoader.Loaded> loaded;
        try {
            loaded = new ContractLoader().load(root.resolve("90-app/src/main/resources/bundles/tryton"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        assertThat(loaded).isInstanceOf(Checked.Sound.class);
        return ((Checked.Sound<ContractLoader.Loaded>) loaded)
                .value().contracts().stream()
                        .filter(one -> one.connector().equals("tryton"))
                        .findFirst()
                        .orElseThrow();
    }

    private Rows rows(Operation operation) {
        try (GuardedConnector connector = new GuardedConnector(
                authority.check(),
                (name, _) -> Step.pass(new Lease(name, TrytonServer.password(), NOW.plusSeconds(600))),
                "tryton",
                door,
                contract)) {
            Step<Rows> step = connector.execute(authority.token(operation), operation);
            assertThat(step).as(operation.target().object()).isInstanceOf(Step.Passed.class);
            return ((Step.Passed<Rows>) step).state();
        }
    }

    private static Operation.Search search(String object, List<String> fields, List<RowRule> rules) {
        var target = new Operation.Target(contract.system(), object, new ToolName("x_search"), Verb.SEARCH, "agent");
        return new Operation.Search(target, List.of(), List.of(), 20, 0, fields, rules);
    }

    @Test
    void every_field_of_the_contract_is_read_as_the_type_that_the_contract_says() {
        // Given
        GuardedConnector connector = new GuardedConnector(
                authority.check(),
                (name, _) -> Step.pass(new Lease(name, TrytonServer.password(), NOW.plusSeconds(600))),
                "tryton",
                door,
                contract);
        try (connector) {
            for (ObjectType object : contract.objects()) {
                List<String> fields =
                        object.fields().stream().map(FieldType::name).toList();
                Operation all = search(object.name(), fields, List.of());

                // When
                Step<Rows> answer = connector.execute(authority.token(all), all);

                // Then
                assertThat(answer).as(object.name()).isInstanceOf(Step.Passed.class);
                assertThat(((Step.Passed<Rows>) answer).state().rows())
                        .as(object.name())
                        .isNotEmpty()
                        .allSatisfy(row -> assertThat(row.fields()).containsOnlyKeys(fields))
                        .allSatisfy(row -> assertThat(row.facts()).containsKey(Fact.UPDATED));
            }
        }
    }

    @Requirement("S0-19")
    @Test
    void a_record_that_was_never_changed_is_as_old_as_its_creation() {
        // Given
        RowRule within =
                new RowRule(Fact.UPDATED, Comparison.AT_LEAST, new Value.Moment(Instant.parse("2026-11-20T00:00:00Z")));

        // When
        Rows rows = rows(search("opportunity", List.of("id", "created_at"), List.of(within)));

        // Then
        assertThat(rows.rows()).hasSize(20);
        assertThat(rows.dropped()).isZero();
    }

    @Test
    void the_system_describes_itself_for_a_draft() {
        // When
        Metadata metadata = door.describe(
                contract.system(), new Credential(TrytonServer.password(), Instant.MAX), DoorLimits.DEFAULT);
        door.close();

        // Then
        assertThat(metadata.objects())
                .extracting(Metadata.Kind::upstream)
                .contains("party.party", "sale.opportunity", "bank.account.number", "ir.note");
        Metadata.Kind opportunity = metadata.objects().stream()
                .filter(kind -> kind.upstream().equals("sale.opportunity"))
                .findFirst()
                .orElseThrow();
        assertThat(opportunity.fields())
                .filteredOn(column -> List.of("amount", "party", "start_date", "write_date", "lines")
                        .contains(column.upstream()))
                .extracting(Metadata.Column::upstream, Metadata.Column::type, Metadata.Column::target)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("amount", ValueType.DECIMAL, Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("lines", ValueType.LIST, Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("party", ValueType.REFERENCE, Optional.of("party.party")),
                        org.assertj.core.groups.Tuple.tuple("start_date", ValueType.DATE, Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("write_date", ValueType.MOMENT, Optional.empty()));
        assertThat(opportunity.fields())
                .filteredOn(column -> column.upstream().equals("state"))
                .singleElement()
                .satisfies(state -> assertThat(state.picklist()).contains("lead", "won", "lost"));
    }

    @Test
    void a_text_compared_with_a_relation_never_searches_the_related_names() {
        // Given
        var party = new Ask.Column("party", Ask.Kind.RECORD);
        var byName = new Ask.Filter(party, Comparison.EQUALS, Value.of("Wanda Ivanov 0658"));
        var otherName = new Ask.Filter(party, Comparison.IN, Value.texts(List.of("Wanda Ivanov 0658", "664")));
        var credential = new Credential(TrytonServer.password(), Instant.MAX);
        var id = new Ask.Column("id", Ask.Kind.RECORD);

        // When
        var named = door.answer(new Ask.Tally("sale.opportunity", id, List.of(byName)), credential, DoorLimits.DEFAULT);
        var listed =
                door.answer(new Ask.Tally("sale.opportunity", id, List.of(otherName)), credential, DoorLimits.DEFAULT);
        door.close();

        // Then
        assertThat(named.count().orElseThrow()).isZero();
        assertThat(listed.count().orElseThrow()).as("of party 664 alone").isPositive();
    }
}

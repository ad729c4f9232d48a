// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every connector must do, whatever system is behind it. A door's own test extends this with a `World`.
@Timeout(120)
public abstract class ConnectorContractTest {
    private static final SystemId SYSTEM = new SystemId("sample");

    protected final Authority authority = new Authority();
    private World world;
    private Sample sample;
    private GuardedConnector connector;

    /// The system under test.
    protected abstract World world();

    @BeforeEach
    void open() {
        world = world();
        sample = world.sample();
        connector = guarded(world.door());
        world.sent();
    }

    @AfterEach
    void close() {
        connector.close();
        world.close();
    }

    protected final GuardedConnector guarded(Door door) {
        return guarded(door, DoorLimits.DEFAULT);
    }

    protected final GuardedConnector guarded(Door door, DoorLimits limits) {
        Layout layout =
                Layout.of(sample.upstream(), sample.idField(), sample.columns(), sample.facts(), limits.rowsMax());
        CredentialSource credentials = () -> Step.pass(world.credential());
        return new GuardedConnector(
                SYSTEM, authority.check(), credentials, door, Map.of(sample.object(), layout), limits);
    }

    protected final World current() {
        return world;
    }

    private Operation.Target target(Verb verb) {
        return new Operation.Target(SYSTEM, sample.object(), new ToolName("sample_tool"), verb, "agent");
    }

    protected final Operation.Get get(String record, List<RowRule> rules) {
        return new Operation.Get(target(Verb.READ), new RecordId(record), sample.fields(), rules);
    }

    protected final Operation.Search search(List<Operation.Condition> where, List<RowRule> rules, int limit) {
        return new Operation.Search(target(Verb.SEARCH), where, List.of(), limit, 0, sample.fields(), rules);
    }

    private Operation.Count count(List<Operation.Condition> where, List<RowRule> rules) {
        return new Operation.Count(target(Verb.SEARCH), where, rules);
    }

    protected final Step<Rows> execute(Operation operation) {
        return connector.execute(authority.token(operation), operation);
    }

    protected static Rows rows(Step<Rows> step) {
        assertThat(step).isInstanceOf(Step.Passed.class);
        return ((Step.Passed<Rows>) step).state();
    }

    protected static Refusal refusal(Step<Rows> step) {
        assertThat(step).isInstanceOf(Step.Refused.class);
        return ((Step.Refused<Rows>) step).why();
    }

    @Requirement({"S3-10", "S2-1"})
    @Test
    void nothing_reaches_the_system_without_a_token_for_exactly_this_operation() {
        // Given
        Operation.Get read = get(sample.record(), List.of());
        Operation.Get other = get(sample.absent(), List.of());
        String foreign = new Authority().token(read);
        String expired = authority.token(read);
        authority.pass(Duration.ofSeconds(61));
        String forOther = authority.token(other);
        String narrower = authority.token(read.narrowed(sample.fields().subList(0, 1), List.of()));
        String bounded = authority.token(get(sample.record(), sample.inside()));
        String forSearch = authority.token(search(List.of(), List.of(), 5));
        String forSink = authority.token(elsewhere(read, "webhook"));

        // When
        List<Step<Rows>> answers = List.of(
                connector.execute("", read),
                connector.execute("not.a.token", read),
                connector.execute(foreign, read),
                connector.execute(expired, read),
                connector.execute(forOther, read),
                connector.execute(narrower, read),
                connector.execute(bounded, read),
                connector.execute(forSearch, read),
                connector.execute(forSink, read));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(refusal(answer)).isInstanceOf(Refusal.TokenRefused.class));
        assertThat(world.sent()).isEmpty();
        assertThat(authority.used()).as("a refused token is not used up").isZero();
    }

    private static Operation.Get elsewhere(Operation.Get read, String destination) {
        Operation.Target target = read.target();
        return new Operation.Get(
                new Operation.Target(target.system(), target.object(), target.tool(), target.verb(), destination),
                read.record(),
                read.fields(),
                read.rules());
    }

    @Requirement({"S3-6", "S3-10"})
    @Test
    void a_token_opens_the_door_once() {
        // Given
        Operation.Get read = get(sample.record(), List.of());
        String token = authority.token(read);

        // When
        Step<Rows> first = connector.execute(token, read);
        Step<Rows> second = connector.execute(token, read);

        // Then
        assertThat(rows(first).rows()).hasSize(1);
        assertThat(refusal(second)).isEqualTo(new Refusal.TokenRefused("it was used before"));
    }

    @Requirement("S3-10")
    @Test
    void no_row_leaves_when_the_use_of_the_token_cannot_be_recorded() {
        // Given
        authority.answer(CompletableFuture.failedFuture(new IllegalStateException("the disk is full")));

        // When
        Step<Rows> answer = execute(get(sample.record(), List.of()));

        // Then
        assertThat(refusal(answer)).isInstanceOf(Refusal.TokenRefused.class);
    }

    @Requirement("S0-18")
    @Test
    void only_asked_fields_and_row_facts_cross_the_wire() {
        // Given
        var wanted = new TreeSet<>(sample.fields());
        wanted.addAll(sample.facts().values());
        wanted.add(sample.idField());

        // When
        Row row = rows(execute(get(sample.record(), List.of()))).rows().getFirst();
        String sent = world.sent();

        // Then
        assertThat(row.id()).isEqualTo(new RecordId(sample.record()));
        assertThat(row.fields()).containsOnlyKeys(sample.fields());
        assertThat(row.facts().keySet()).isSubsetOf(sample.facts().keySet());
        sample.wireNames().forEach((field, names) -> {
            for (String name : names) {
                if (wanted.contains(field)) {
                    assertThat(sent).as(field).contains("\"" + name + "\"");
                } else {
                    assertThat(sent).as(field).doesNotContain("\"" + name + "\"");
                }
            }
        });
    }

    @Requirement("S0-18")
    @Test
    void a_count_fetches_no_field() {
        // When
        Rows counted = rows(execute(count(List.of(sample.finds()), List.of())));
        String sent = world.sent();

        // Then
        assertThat(counted.rows()).isEmpty();
        assertThat(counted.count().orElseThrow()).isPositive();
        sample.wireNames().forEach((field, names) -> {
            boolean filtered = field.equals(sample.finds().field()) || field.equals(sample.idField());
            if (!filtered) {
                names.forEach(name -> assertThat(sent).as(field).doesNotContain("\"" + name + "\""));
            }
        });
    }

    @Test
    void conditions_of_the_agent_decide_what_is_found() {
        // When
        Rows found = rows(execute(search(List.of(sample.finds()), List.of(), 50)));
        Rows both = rows(execute(search(List.of(sample.finds(), sample.misses()), List.of(), 50)));
        Rows missed = rows(execute(count(List.of(sample.misses()), List.of())));
        Rows all = rows(execute(count(List.of(), List.of())));

        // Then
        assertThat(found.rows()).extracting(Row::id).contains(new RecordId(sample.record()));
        assertThat(both.rows()).extracting(Row::id).doesNotContain(new RecordId(sample.record()));
        assertThat(missed.count().orElseThrow()).isLessThan(all.count().orElseThrow());
    }

    @Requirement({"S0-19", "S1-14"})
    @Test
    void row_rules_are_pushed_into_the_systems_own_query() {
        // When
        List<Rows> met = sample.inside().stream()
                .map(rule -> rows(execute(get(sample.record(), List.of(rule)))))
                .toList();
        String sent = world.sent();
        List<Rows> broken = sample.outside().stream()
                .map(rule -> rows(execute(get(sample.record(), List.of(rule)))))
                .toList();
        List<Long> counted = sample.outside().stream()
                .map(rule -> rows(execute(count(List.of(sample.finds()), List.of(rule))))
                        .count()
                        .orElseThrow())
                .toList();
        long all =
                rows(execute(count(List.of(sample.finds()), List.of()))).count().orElseThrow();

        // Then
        assertThat(met).allSatisfy(answer -> assertThat(answer.rows()).hasSize(1));
        assertThat(broken).allSatisfy(answer -> {
            assertThat(answer.rows()).isEmpty();
            assertThat(answer.dropped()).as("the system itself left it out").isZero();
        });
        assertThat(counted).allSatisfy(count -> assertThat(count).isLessThan(all));
        for (RowRule rule : sample.inside()) {
            String field = sample.facts().get(rule.fact());
            sample.wireNames()
                    .getOrDefault(field, List.of("?"))
                    .forEach(name -> assertThat(sent).contains("\"" + name + "\""));
        }
    }

    @Requirement({"S1-14", "S0-19"})
    @Test
    void a_row_that_breaks_a_rule_is_dropped_even_when_the_system_sends_it() {
        // Given
        Door lying = new Altered(world.door(), ConnectorContractTest::withoutRules, found -> found);
        try (GuardedConnector guard = guarded(lying)) {
            for (RowRule rule : sample.outside()) {
                Operation.Get read = get(sample.record(), List.of(rule));

                // When
                Rows answer = rows(guard.execute(authority.token(read), read));

                // Then
                assertThat(answer.rows()).as(rule.fact().word()).isEmpty();
                assertThat(answer.dropped()).as(rule.fact().word()).isOne();
            }
        }
    }

    /// The id stays; whatever else bounds the rows goes.
    private static Ask withoutRules(Ask ask) {
        return switch (ask) {
            case Ask.Find find ->
                new Ask.Find(
                        find.object(),
                        find.id(),
                        find.columns(),
                        find.filters().subList(0, 1),
                        find.sorts(),
                        find.limit(),
                        find.offset(),
                        find.versioned());
            case Ask.Tally tally -> tally;
            case Ask.Add add -> add;
        };
    }

    @Test
    void a_field_that_the_contract_does_not_know_is_kept_under_a_name_of_its_own() {
        // Given
        String known = sample.fields().getFirst();
        Door talkative = new Altered(
                world.door(),
                ask -> ask,
                found -> Found.records(found.records().stream()
                        .map(raw -> {
                            var values = new TreeMap<>(raw.values());
                            values.put("x_new_column", Value.of("news"));
                            values.put(known, values.getOrDefault(known, Value.of("clash")));
                            return new Found.Raw(raw.id(), values, raw.version());
                        })
                        .toList()));
        try (GuardedConnector guard = guarded(talkative)) {
            Operation.Get read = get(sample.record(), List.of());

            // When
            Row row = rows(guard.execute(authority.token(read), read)).rows().getFirst();

            // Then
            assertThat(row.fields()).containsEntry("x_new_column", Value.of("news"));
            assertThat(row.fields().keySet()).containsAll(sample.fields());
        }
    }

    @Test
    void a_page_tells_whether_another_follows() {
        // When
        long all = rows(execute(count(List.of(), List.of()))).count().orElseThrow();
        Rows first = rows(execute(search(List.of(), List.of(), 2)));
        Operation.Search next =
                new Operation.Search(target(Verb.SEARCH), List.of(), List.of(), 2, 2, sample.fields(), List.of());
        Rows second = rows(execute(next));
        Operation.Search beyond = new Operation.Search(
                target(Verb.SEARCH), List.of(), List.of(), 2, (int) all, sample.fields(), List.of());
        Rows last = rows(execute(beyond));

        // Then
        assertThat(all).isGreaterThan(4);
        assertThat(first.rows()).hasSize(2);
        assertThat(first.more()).isTrue();
        assertThat(second.rows())
                .extracting(Row::id)
                .doesNotContainAnyElementsOf(first.rows().stream().map(Row::id).toList());
        assertThat(last.rows()).isEmpty();
        assertThat(last.more()).isFalse();
    }

    @Test
    void rows_come_in_the_asked_order() {
        // Given
        String key = sample.finds().field();
        Operation.Search up = ordered(key, false);
        Operation.Search down = ordered(key, true);

        // When
        List<Row> rising = rows(execute(up)).rows();
        List<Row> falling = rows(execute(down)).rows();

        // Then
        assertThat(rising).isNotEmpty();
        assertThat(rising.getFirst().id()).isNotEqualTo(falling.getFirst().id());
    }

    private Operation.Search ordered(String key, boolean descending) {
        return new Operation.Search(
                target(Verb.SEARCH),
                List.of(),
                List.of(new Operation.Order(key, descending)),
                5,
                0,
                sample.fields(),
                List.of());
    }

    @Test
    void an_absent_record_is_no_row() {
        // When
        Rows none = rows(execute(get(sample.absent(), List.of())));
        Rows weird = rows(execute(get("1' or '1'='1", List.of())));
        Rows wild = rows(execute(get("%", List.of())));

        // Then
        assertThat(none.rows()).isEmpty();
        assertThat(weird.rows()).isEmpty();
        assertThat(wild.rows()).isEmpty();
    }

    @Test
    void a_text_of_an_agent_is_only_ever_a_value() {
        // Given
        List<String> attacks = List.of("' or 1=1 --", "%", "_", "\\", "\"; drop table x", "]]", "name\",\"=\",\"x");
        List<Operation> operations = new ArrayList<>();
        for (String attack : attacks) {
            for (Comparison comparison : List.of(Comparison.EQUALS, Comparison.STARTS_WITH, Comparison.CONTAINS)) {
                var condition = new Operation.Condition(sample.finds().field(), comparison, Value.of(attack));
                operations.add(count(List.of(condition), List.of()));
            }
        }

        // When
        List<Long> counts = operations.stream()
                .map(operation -> rows(execute(operation)).count().orElseThrow())
                .toList();

        // Then
        assertThat(counts).containsOnly(0L);
    }

    @Test
    void nothing_compares_with_nothing() {
        // Given
        var withNull = new Operation.Condition(sample.finds().field(), Comparison.NOT_EQUALS, Value.NULL);
        var inNone = new Operation.Condition(sample.finds().field(), Comparison.IN, new Value.Items(List.of()));

        // When
        long unequal =
                rows(execute(count(List.of(withNull), List.of()))).count().orElseThrow();
        Rows none = rows(execute(search(List.of(inNone), List.of(), 5)));

        // Then
        assertThat(unequal).isZero();
        assertThat(none.rows()).isEmpty();
        assertThat(world.sent()).as("no record can meet it, so nobody is asked").isEmpty();
    }

    @Test
    void names_that_the_contract_lacks_are_refused_before_the_wire() {
        // Given
        List<Operation> unknown = List.of(
                get(sample.record(), List.of()).narrowed(List.of("no_such_field"), List.of()),
                new Operation.Get(
                        new Operation.Target(SYSTEM, "no_object", new ToolName("t"), Verb.READ, "agent"),
                        new RecordId("1"),
                        List.of(),
                        List.of()),
                search(List.of(new Operation.Condition("nope.iban", Comparison.EQUALS, Value.of("x"))), List.of(), 5),
                ordered("1; drop table x", false),
                search(List.of(), List.of(), DoorLimits.DEFAULT.rowsMax() + 1));

        // When
        List<Refusal> refusals =
                unknown.stream().map(operation -> refusal(execute(operation))).toList();

        // Then
        assertThat(refusals).allSatisfy(refusal -> assertThat(refusal).isInstanceOf(Refusal.Malformed.class));
        assertThat(world.sent()).isEmpty();
    }

    @Requirement("S1-14")
    @Test
    void a_rule_on_a_fact_that_the_contract_does_not_map_is_undecidable() {
        // Given
        Optional<Fact> unmapped = List.of(Fact.values()).stream()
                .filter(fact -> !sample.facts().containsKey(fact))
                .findFirst();
        assertThat(unmapped).as("a sample leaves a fact unmapped").isPresent();
        var rule = new RowRule(unmapped.orElseThrow(), Comparison.EQUALS, Value.of("x"));

        // When
        Step<Rows> answer = execute(search(List.of(), List.of(rule), 5));

        // Then
        assertThat(refusal(answer)).isInstanceOf(Refusal.Undecidable.class);
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void more_bytes_than_allowed_are_an_upstream_failure() {
        // Given
        DoorLimits tight = new DoorLimits(200, 1 << 10, Duration.ofSeconds(10));
        try (GuardedConnector guard = guarded(world.door(), tight)) {
            Operation.Search many = search(List.of(), List.of(), 150);

            // When
            Step<Rows> answer = guard.execute(authority.token(many), many);

            // Then
            assertThat(refusal(answer)).isEqualTo(new Refusal.UpstreamFailed(SYSTEM, "too_large"));
        }
    }

    @Test
    void the_system_is_reported_healthy() {
        // When
        Health health = connector.health();

        // Then
        assertThat(health).isEqualTo(Health.UP);
    }
}

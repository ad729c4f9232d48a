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
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the guard promises whatever is behind it: the decision token, the row rules, and no more than was
/// asked.
@Timeout(120)
public abstract class GuardContractTest extends ConnectorHarness {
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
        Door lying = new Altered(world.door(), GuardContractTest::withoutRules, found -> found);
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
            case Ask.Add _, Ask.Alter _, Ask.Remove _, Ask.Join _, Ask.Send _ -> ask;
        };
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
}

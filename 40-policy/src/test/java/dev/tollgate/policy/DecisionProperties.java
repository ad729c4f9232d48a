// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Laws of decisions under any policies: what is said before the row is known must hold for the row.
final class DecisionProperties {
    private static final int CASES = 300;
    private static final int ROWS = 25;
    private static final Bundle BASE = DefaultBundle.point().bundle();
    private static final String[] FIELDS = {"stage", "amount", "name", "close_date", "next_step", "owner_id"};

    /// Policies, an operation under them, and rows to try it on.
    private record Case(List<String> policies, Bundle bundle, List<String> where, List<Map<Fact, Value>> rows) {
        static Case draw(RandomGenerator random) {
            List<String> policies = RandomPolicies.draw(random);
            List<String> where =
                    random.nextBoolean() ? List.of(random.nextBoolean() ? "stage" : "currency") : List.of();
            List<Map<Fact, Value>> rows = new ArrayList<>();
            for (int at = 0; at < ROWS; at++) {
                rows.add(RandomPolicies.row(random));
            }
            return new Case(policies, RandomPolicies.bundle(BASE, policies), where, rows);
        }

        Principal who() {
            return Asking.rep(bundle, "crm:opportunity:read");
        }

        Operation operation() {
            return Asking.search(bundle, "opportunity_search", where, FIELDS);
        }

        Decision decide() {
            return decide(bundle);
        }

        Decision decide(Bundle under) {
            return new DecisionPoint(under, new SplittableRandom(1))
                    .decide(who(), operation(), Situation.at(Asking.NOW));
        }

        /// What the policies say to a field of a row, with every fact known and nothing prepared.
        View exact(Bundle under, String field, Map<Fact, Value> row) {
            Frame frame = frame(under);
            Judge judge = new Judge(
                    under,
                    java.util.Optional.empty(),
                    frame,
                    Situation.at(Asking.NOW),
                    Evidence.NONE,
                    java.util.Optional.empty(),
                    java.util.Optional.empty());
            return judge.find(
                            frame.object().field(field).orElseThrow(),
                            frame.tool().verb(),
                            judge.row(row, Set.of()))
                    .verdict()
                    .view();
        }

        Frame frame(Bundle under) {
            return switch (new Gate(under).check(who(), operation().target(), Asking.NOW)) {
                case Gate.Passage.Open open -> open.frame();
                case Gate.Passage.Closed closed -> throw new AssertionError(closed.reason());
            };
        }
    }

    @Test
    void a_row_is_decided_as_if_its_facts_had_been_known() {
        Property.forAll(CASES, Case::draw, one -> {
            Decision decision = one.decide();
            if (!decision.permits()) {
                return;
            }
            for (Map<Fact, Value> row : one.rows()) {
                SortedMap<String, FieldVerdict> verdicts = decision.forRow(row, Set.of());
                boolean inside = RowFacts.meet(decision.rules(), row);
                verdicts.forEach((field, verdict) -> assertThat(verdict.view())
                        .as("%s of %s under %s", field, row, one.policies())
                        .isEqualTo(inside ? one.exact(one.bundle(), field, row) : View.WITHHELD));
            }
        });
    }

    @Test
    void a_row_is_between_what_was_certain_and_what_was_possible() {
        Property.forAll(CASES, Case::draw, one -> {
            Decision decision = one.decide();
            for (Map<Fact, Value> row : one.rows()) {
                if (decision.permits() && RowFacts.meet(decision.rules(), row)) {
                    decision.verdicts()
                            .forEach((field, verdict) -> assertThat(one.exact(one.bundle(), field, row))
                                    .as("%s of %s under %s", field, row, one.policies())
                                    .isBetween(verdict.view(), verdict.atMost()));
                }
            }
        });
    }

    @Test
    void a_row_that_the_pushed_rules_leave_out_shows_nothing() {
        Property.forAll(CASES, Case::draw, one -> {
            // Rules that a probe pushed leave out rows that could be seen otherwise.
            Case plain = new Case(one.policies(), one.bundle(), List.of(), one.rows());
            Decision decision = plain.decide();
            List<RowRule> above = plain.frame(plain.bundle()).rules();
            for (Map<Fact, Value> row : one.rows()) {
                boolean leftOut = RowFacts.meet(above, row) && !RowFacts.meet(decision.rules(), row);
                if (decision.permits() && leftOut) {
                    assertThat(plain.exact(plain.bundle(), decision.idField(), row))
                            .as("%s under %s", row, one.policies())
                            .isEqualTo(View.WITHHELD);
                }
            }
        });
    }

    @Test
    void what_no_permitted_row_may_tell_is_not_searched_by() {
        Property.forAll(CASES, Case::draw, one -> {
            Decision decision = one.decide();
            for (Map<Fact, Value> row : one.rows()) {
                if (decision.permits() && RowFacts.meet(decision.rules(), row)) {
                    for (String probed : one.where()) {
                        assertThat(one.exact(one.bundle(), probed, row))
                                .as("%s of %s under %s", probed, row, one.policies())
                                .isEqualTo(View.CLEAR);
                    }
                }
            }
        });
    }

    @Test
    void what_no_row_may_show_is_not_fetched() {
        Property.forAll(CASES, Case::draw, one -> {
            Decision decision = one.decide();
            decision.fetch()
                    .forEach(field -> assertThat(decision.verdicts().get(field))
                            .satisfies(verdict -> assertThat(verdict.atMost()).isNotEqualTo(View.WITHHELD)));
            decision.verdicts().forEach((field, verdict) -> {
                boolean asked = List.of(FIELDS).contains(field);
                assertThat(decision.fetch().contains(field)).isEqualTo(asked && verdict.atMost() != View.WITHHELD);
            });
        });
    }

    @Test
    void a_further_forbid_never_raises_a_view() {
        Property.forAll(CASES, random -> Map.entry(Case.draw(random), RandomPolicies.forbid(random)), drawn -> {
            Case one = drawn.getKey();
            List<String> more = new ArrayList<>(one.policies());
            more.add(drawn.getValue());
            Bundle stricter = RandomPolicies.bundle(BASE, more);
            Map<String, FieldVerdict> before = new TreeMap<>(one.decide().verdicts());
            Decision after = one.decide(stricter);
            after.verdicts().forEach((field, verdict) -> {
                FieldVerdict old = java.util.Objects.requireNonNull(before.get(field), more::toString);
                assertThat(verdict.atMost()).as("%s under %s", field, more).isLessThanOrEqualTo(old.atMost());
            });
            for (Map<Fact, Value> row : one.rows()) {
                assertThat(one.exact(stricter, "amount", row))
                        .isLessThanOrEqualTo(one.exact(one.bundle(), "amount", row));
            }
        });
    }

    @Test
    void the_laws_are_tried_on_enough_of_each_kind() {
        // Given
        int[] seen = new int[4];

        // When
        Property.forAll(CASES, Case::draw, one -> {
            Decision decision = one.decide();
            seen[0] += decision.permits() ? 1 : 0;
            seen[1] += decision.perRow() ? 1 : 0;
            seen[2] += decision.rules().size() > one.frame(one.bundle()).rules().size() ? 1 : 0;
            seen[3] += decision.permits() && !one.where().isEmpty() ? 1 : 0;
        });

        // Then
        assertThat(seen[0]).as("permitted").isGreaterThan(CASES / 4);
        assertThat(seen[1]).as("decided row by row").isGreaterThan(CASES / 8);
        assertThat(seen[2]).as("with pushed rules").isGreaterThan(CASES / 20);
        assertThat(seen[3]).as("searched by a field").isGreaterThan(CASES / 20);
    }
}

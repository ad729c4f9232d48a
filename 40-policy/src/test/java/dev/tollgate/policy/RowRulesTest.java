// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Which rows an operation may see, and by which fields it may choose them.
final class RowRulesTest {
    private static final Situation NOW = Situation.at(Asking.NOW);

    private final DecisionPoint point = DefaultBundle.point();
    private final Bundle bundle = point.bundle();

    private static Map<String, View> views(Map<String, FieldVerdict> verdicts) {
        Map<String, View> views = new TreeMap<>();
        verdicts.forEach((field, verdict) -> views.put(field, verdict.view()));
        return views;
    }

    @Test
    void every_row_is_of_the_principals_tenant_and_of_the_last_ninety_days() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:case:read");

        // When
        Decision decision = point.decide(rep, Asking.search(bundle, "case_search", List.of(), "id"), NOW);

        // Then
        assertThat(decision.rules())
                .containsExactly(
                        new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme")),
                        new RowRule(
                                Fact.UPDATED,
                                Comparison.AT_LEAST,
                                new Value.Moment(Instant.parse("2026-08-24T00:00:00Z"))));
    }

    @Test
    void a_workflow_that_declares_a_longer_need_reaches_further_back() {
        // Given
        Principal analyst = Asking.principal(bundle, "analyst", "erin", "review-pipeline", "crm:opportunity:read");

        // When
        Decision decision = point.decide(analyst, Asking.search(bundle, "opportunity_search", List.of(), "stage"), NOW);

        // Then
        Instant since = Instant.parse("2026-11-22T00:00:00Z").minus(Duration.ofDays(365));
        assertThat(decision.rules()).contains(new RowRule(Fact.UPDATED, Comparison.AT_LEAST, new Value.Moment(since)));
    }

    @Test
    void an_owned_scope_reaches_own_records_only() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:opportunity:read:owned");

        // When
        Decision decision = point.decide(rep, Asking.get(bundle, "opportunity_get", "amount", "stage"), NOW);

        // Then
        assertThat(decision.rules()).contains(new RowRule(Fact.OWNER, Comparison.EQUALS, Value.of("usr_001")));
        assertThat(decision.perRow()).as("what is pushed is known").isFalse();
        assertThat(views(decision.verdicts())).containsEntry("amount", View.CLEAR);
    }

    @Test
    void a_scope_for_every_record_outweighs_an_owned_one() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:opportunity:read:owned", "crm:opportunity:read");

        // When
        Decision decision = point.decide(rep, Asking.get(bundle, "opportunity_get", "stage"), NOW);

        // Then
        assertThat(decision.rules()).extracting(RowRule::fact).doesNotContain(Fact.OWNER);
    }

    @Test
    void a_field_that_is_clear_on_own_rows_narrows_a_search_by_it_to_them() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:opportunity:read");

        // When
        Decision decision = point.decide(
                rep, Asking.search(bundle, "opportunity_search", List.of("amount"), "stage", "amount"), NOW);

        // Then
        assertThat(decision.permits()).isTrue();
        assertThat(decision.rules()).contains(new RowRule(Fact.OWNER, Comparison.EQUALS, Value.of("usr_001")));
        assertThat(views(decision.verdicts())).containsEntry("amount", View.CLEAR);
    }

    @Test
    void searching_sorting_and_counting_by_what_is_not_clear_is_refused() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:contact:read", "crm:account:read");

        // When
        var decisions = List.of(
                point.decide(rep, Asking.search(bundle, "contact_search", List.of("email"), "name"), NOW),
                point.decide(rep, Asking.count(bundle, "contact_count", "phone"), NOW),
                point.decide(rep, Asking.count(bundle, "account_count", "outstanding_balance"), NOW));

        // Then
        assertThat(decisions).allSatisfy(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
            assertThat(decision.refusal()).get().isInstanceOf(Refusal.Denied.class);
            assertThat(decision.fetch()).isEmpty();
        });
    }
}

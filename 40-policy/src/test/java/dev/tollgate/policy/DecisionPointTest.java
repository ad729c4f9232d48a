// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.containment.RiskScore;
import dev.tollgate.lineage.Carried;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DecisionPointTest {
    private static final Situation NOW = Situation.at(Asking.NOW);

    private final DecisionPoint point = DefaultBundle.point();
    private final Bundle bundle = point.bundle();

    private static Map<String, View> views(Map<String, FieldVerdict> verdicts) {
        Map<String, View> views = new TreeMap<>();
        verdicts.forEach((field, verdict) -> views.put(field, verdict.view()));
        return views;
    }

    @Requirement({"S0-1", "S0-5", "S0-9"})
    @Test
    void fields_of_one_record_differ_by_class_each_with_its_rule_and_reason() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:contact:read");
        var read = Asking.get(bundle, "contact_get", "name", "email", "birth_date", "marketing_consent", "risk_note");

        // When
        Decision decision = point.decide(rep, read, NOW);

        // Then
        assertThat(views(decision.verdicts()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "id", View.CLEAR,
                        "name", View.CLEAR,
                        "email", View.MASKED,
                        "birth_date", View.WITHHELD,
                        "marketing_consent", View.WITHHELD,
                        "risk_note", View.WITHHELD));
        assertThat(decision.verdicts().values()).allSatisfy(verdict -> {
            assertThat(verdict.rules()).isNotEmpty();
            assertThat(verdict.reason() == Reason.PERMITTED).isEqualTo(verdict.view() != View.WITHHELD);
        });
        assertThat(decision.fetch()).containsExactly("email", "name");
    }

    @Requirement({"S0-13", "S0-14"})
    @Test
    void the_classes_that_a_workflow_does_not_name_are_out_of_reach() {
        // Given
        List<String> intents =
                List.of("prepare-sales-call", "create-support-case", "send-customer-update", "respond-delivery-status");
        Principal rep = Asking.rep(bundle, "crm:account:read");

        // When
        Decision decision = point.decide(rep, Asking.get(bundle, "account_get", "outstanding_balance"), NOW);

        // Then
        assertThat(bundle.workflows().values()).extracting(Workflow::intent).containsAll(intents);
        assertThat(decision.verdicts().get("outstanding_balance"))
                .isNotNull()
                .extracting(FieldVerdict::view, FieldVerdict::reason, FieldVerdict::rules)
                .containsExactly(
                        View.WITHHELD, Reason.OUT_OF_CLASS, List.of(new RuleId("workflow:prepare-sales-call")));
    }

    @Requirement("S0-15")
    @Test
    void the_same_token_is_decided_anew_on_every_call() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:contact:read");
        var read = Asking.get(bundle, "contact_get", "email");
        var risky = NOW.with(new RiskScore(RiskScore.Level.HIGH, 90, List.of()));

        // When
        Decision calm = point.decide(rep, read, NOW);
        Decision alarmed = point.decide(rep, read, risky);

        // Then
        assertThat(views(calm.verdicts())).containsEntry("email", View.MASKED);
        assertThat(views(alarmed.verdicts())).containsEntry("email", View.WITHHELD);
        assertThat(alarmed.verdicts().get("email"))
                .isNotNull()
                .extracting(FieldVerdict::reason)
                .isEqualTo(Reason.RISK);
        assertThat(calm.id()).isNotEqualTo(alarmed.id());
    }

    @Test
    void a_concealed_field_is_refused_in_the_words_for_one_that_does_not_exist() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:contact:read");

        // When
        Decision concealed = point.decide(rep, Asking.get(bundle, "contact_get", "name", "medical_note"), NOW);
        Decision unknown = point.decide(rep, Asking.get(bundle, "contact_get", "name", "no_such_field"), NOW);

        // Then
        assertThat(concealed.refusal()).isEqualTo(unknown.refusal()).isPresent();
        assertThat(point.visible(rep, Asking.tool(bundle, "contact_get"), Asking.object(bundle, "contact_get"), NOW)
                        .orElseThrow())
                .contains("email", "risk_note")
                .doesNotContain("medical_note", "national_id");
    }

    @Test
    void a_field_that_no_contract_knows_is_withheld() {
        // Given
        Principal rep = Asking.rep(bundle, "crm:contact:read");
        Decision decision = point.decide(rep, Asking.get(bundle, "contact_get", "name"), NOW);

        // When
        var verdicts = decision.forRow(Map.of(Fact.TENANT, Value.of("acme")), Set.of("x_secret"));

        // Then
        assertThat(verdicts.get("x_secret"))
                .isNotNull()
                .extracting(FieldVerdict::view, FieldVerdict::dataClass, FieldVerdict::reason)
                .containsExactly(View.WITHHELD, DataClass.UNCLASSIFIED, Reason.UNKNOWN_FIELD);
        assertThat(views(verdicts)).containsEntry("name", View.CLEAR);
    }

    @Test
    void a_policy_that_cannot_be_evaluated_denies_be_it_a_forbid() {
        // Given
        List<String> policies = List.of(
                "permit (principal, action, resource);",
                "forbid (principal, action, resource == Field::\"contact.email\") when { context.nothing == 1 };",
                "permit (principal, action, resource == Field::\"contact.phone\") when { context.nothing == 1 };");
        var broken = new DecisionPoint(RandomPolicies.bundle(bundle, policies), new SplittableRandom(1));

        // When
        Decision decision = broken.decide(
                Asking.rep(bundle, "crm:contact:read"),
                Asking.get(bundle, "contact_get", "name", "email", "phone"),
                NOW);

        // Then
        assertThat(views(decision.verdicts()))
                .containsEntry("name", View.CLEAR)
                .containsEntry("email", View.WITHHELD)
                .containsEntry("phone", View.WITHHELD);
        assertThat(decision.verdicts().get("email"))
                .isNotNull()
                .extracting(FieldVerdict::reason)
                .isEqualTo(Reason.ERROR);
    }

    @Test
    void tools_are_listed_exactly_when_they_can_be_called() {
        // Given
        Principal delivery = Asking.principal(
                bundle, "delivery-assistant", "bob", "respond-delivery-status", "crm:*:read", "crm:*:export");

        // When
        var usable = bundle.catalog().tools().stream()
                .filter(tool -> point.visible(
                                delivery,
                                tool,
                                bundle.catalog()
                                        .object(tool.system(), tool.object())
                                        .orElseThrow(),
                                NOW)
                        .isPresent())
                .map(tool -> tool.name().value())
                .toList();

        // Then
        assertThat(usable).containsExactly("article_get", "article_search", "order_count", "order_get", "order_search");
    }

    @Requirement("S3-4")
    @Test
    void an_amount_is_measured_by_tier_and_by_the_limit_of_its_day() {
        // Given
        Principal triage =
                Asking.principal(bundle, "support-triage", "bob", "request-refund", "crm:refund_request:create");
        var enterprise = new Situation(
                Asking.NOW,
                RiskScore.NONE,
                Carried.NOTHING,
                Evidence.NONE,
                java.util.Optional.of("enterprise"),
                List.of(),
                Outgoing.UNKNOWN,
                TaskFacts.NONE,
                java.util.Optional.empty());
        var june = Situation.at(Instant.parse("2026-06-30T12:00:00Z"));

        // When
        var outcomes = List.of(
                refund(triage, "100", NOW),
                refund(triage, "100.01", NOW),
                refund(triage, "150", june),
                refund(triage, "750", enterprise),
                refund(triage, "750.01", enterprise),
                refund(triage, "2000.01", NOW));

        // Then
        assertThat(outcomes)
                .containsExactly(
                        Outcome.PERMIT,
                        Outcome.NEEDS_APPROVAL,
                        Outcome.PERMIT,
                        Outcome.PERMIT,
                        Outcome.NEEDS_APPROVAL,
                        Outcome.DENY);
    }

    private Outcome refund(Principal who, String amount, Situation situation) {
        Map<String, Value> values =
                Map.of("account_id", Value.of("acc_7"), "amount", new Value.Num(new java.math.BigDecimal(amount)));
        return point.decide(who, Asking.create(bundle, "refund_request_create", values), situation)
                .outcome();
    }

    @Test
    void who_the_bundle_does_not_know_is_nobody() {
        // Given
        var strangers = List.of(
                Asking.delegation("nobody", "alice", "prepare-sales-call", "", "crm:*:read"),
                Asking.delegation("sales-copilot", "nobody", "prepare-sales-call", "", "crm:*:read"),
                Asking.delegation("sales-copilot", "erin", "prepare-sales-call", "", "crm:*:read"),
                Asking.delegation("sales-copilot", "alice", "review-billing", "", "crm:*:read"),
                Asking.delegation("sales-copilot", "alice", "no-such-workflow", "", "crm:*:read"));

        // When
        var steps = strangers.stream().map(bundle::principal).toList();

        // Then
        assertThat(steps).allMatch(step -> step.equals(Step.refuse(new Refusal.Unauthenticated())));
    }
}

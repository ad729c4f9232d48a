// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Requirement;
import org.junit.jupiter.api.Test;

final class HandlePolicyTest {
    private static final FieldPath EMAIL = new FieldPath("contact", "email");

    private final DecisionPoint point = DefaultBundle.point();
    private final Bundle bundle = point.bundle();
    private final Situation now = Situation.at(Asking.NOW);

    private Principal who(String agent, String user, String workflow) {
        return Asking.principal(
                bundle, agent, user, workflow, "crm:contact:read", "email:message:send", "hook:event:send");
    }

    private static Operation.Target sink(String system, String object, String tool, String destination) {
        return new Operation.Target(new SystemId(system), object, new ToolName(tool), Verb.SEND, destination);
    }

    @Test
    @Requirement("B-6")
    void an_address_that_may_not_be_seen_has_a_handle_and_one_that_may_be_seen_in_part_has_none() {
        // When
        Decision reach = point.decide(
                who("sales-copilot", "alice", "reach-out"), Asking.get(bundle, "contact_get", "id", "email"), now);
        Decision prepare = point.decide(
                who("sales-copilot", "alice", "prepare-sales-call"),
                Asking.get(bundle, "contact_get", "id", "email"),
                now);

        // Then
        assertThat(reach.verdicts())
                .hasEntrySatisfying(
                        "email", verdict -> assertThat(verdict.view()).isEqualTo(View.HANDLE));
        assertThat(reach.fetch()).contains("email");
        assertThat(prepare.verdicts())
                .hasEntrySatisfying(
                        "email", verdict -> assertThat(verdict.view()).isEqualTo(View.MASKED));
    }

    @Test
    @Requirement("B-6")
    void choosing_rows_by_a_field_that_is_shown_by_handle_is_refused() {
        // When
        Decision probing = point.decide(
                who("sales-copilot", "alice", "reach-out"),
                Asking.search(bundle, "contact_search", java.util.List.of("email"), "id"),
                now);

        // Then
        assertThat(probing.permits()).isFalse();
    }

    @Test
    @Requirement("B-6")
    void a_sink_has_the_value_where_a_policy_of_its_own_says_so_and_nowhere_else() {
        // Given
        Resolutions resolutions = new Resolutions(point);
        Operation.Target mail = sink("mail", "message", "mail_send", "customer-mail");
        Operation.Target hook = sink("hook", "event", "hook_post", "partner-webhook");
        Principal sales = who("sales-copilot", "alice", "reach-out");

        // Then
        assertThat(resolutions.permits(sales, mail, Asking.DEMO, EMAIL, now))
                .hasValueSatisfying(rules ->
                        assertThat(rules).extracting(rule -> rule.value()).containsExactly("mail-resolves-handles"));
        assertThat(resolutions.permits(
                        who("support-triage", "bob", "send-customer-update"), mail, Asking.DEMO, EMAIL, now))
                .as("another purpose")
                .isEmpty();
        assertThat(resolutions.permits(who("analyst", "erin", "review-pipeline"), hook, Asking.DEMO, EMAIL, now))
                .as("another destination")
                .isEmpty();
        assertThat(resolutions.permits(sales, mail, Asking.DEMO, new FieldPath("contact", "national_id"), now))
                .as("another class")
                .isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.policy.bundle.WorkflowStep;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StepsTest {
    private static final String FILE = "workflows/support.yaml";

    private static Loading load(String old, String now) {
        return BundleLoader.load(DefaultBundle.edited(FILE, old, now));
    }

    private static List<String> problems(Loading loading) {
        return switch (loading) {
            case Loading.Loaded _ -> List.of();
            case Loading.Invalid invalid ->
                invalid.problems().all().stream().map(Problem::message).toList();
        };
    }

    private static Stream<Arguments> slips() {
        return Stream.of(
                Arguments.of("kind: intake", "kind: inteke", "`inteke` is not known here"),
                Arguments.of(
                        "tools: [case_get, contact_get, contact_search]",
                        "tools: [case_get, contact_get, mail_send]",
                        "`mail_send` is not known here"),
                Arguments.of("tools: [case_get, contact_get, contact_search]", "tools: []", "a step names its `tools`"),
                Arguments.of(
                        "tools: [case_get, contact_get, contact_search]",
                        "tools: [contact_update]\n        fields: {contact_update: [email]}",
                        "a step of kind `intake` has no tool that does `write`, and `contact_update` does"),
                Arguments.of(
                        "kind: verification",
                        "kind: drafting",
                        "a step of kind `drafting` has no tool that does `verify`, and `fraud_check` does"),
                Arguments.of(
                        "verbs: [verify]", "verbs: [verify, write]", "a step of kind `verification` does not `write`"),
                Arguments.of(
                        "verbs: [verify]",
                        "verbs: [read]",
                        "the tool `fraud_check` does `verify`, which the step does not name"),
                Arguments.of(
                        "classes: [record-identifier, operational, contact-detail, direct-identifier]",
                        "classes: [record-identifier, medical]",
                        "`medical` is not known here"),
                Arguments.of(
                        "fields: {contact_update: [email, phone, mobile, language, preferred_channel,"
                                + " marketing_consent]}\n        needs",
                        "needs",
                        "say in `fields` which fields `contact_update` may set in this step"),
                Arguments.of(
                        "fields: {contact_update: [email, phone, mobile, language, preferred_channel,"
                                + " marketing_consent]}\n        needs",
                        "fields: {contact_update: [owner_id]}\n        needs",
                        "`owner_id` is not known here"),
                Arguments.of(
                        "needs: [identity-verified, fraud-check-passed]",
                        "needs: [identity-verified, moon-full]",
                        "no other step of this workflow fulfils `moon-full`"),
                Arguments.of(
                        "needs: [identity-verified, fraud-check-passed]",
                        "needs: [action]",
                        "no other step of this workflow fulfils `action`"),
                Arguments.of("ttl_seconds: 120", "ttl_seconds: 901", "this must be a whole number from 1 to 900"),
                Arguments.of("holds_minutes: 30", "holds_minutes: 1441", "this must be a whole number from 1 to 1440"),
                Arguments.of("- id: staff", "- id: action", "two steps of this workflow have this id"),
                Arguments.of(
                        "- id: staff",
                        "- id: identity-verified",
                        "a tool of this workflow finds out something of this name"),
                Arguments.of(
                        "holds_minutes: 30",
                        "holds_minutes: 30\n        needs: [action]",
                        "the step would have to be completed before it can begin"));
    }

    @ParameterizedTest
    @MethodSource("slips")
    void a_slip_in_a_step_is_told(String old, String now, String message) {
        assertThat(problems(load(old, now))).anyMatch(problem -> problem.startsWith(message));
    }

    @Test
    @Requirement("S2-5")
    void a_step_has_its_own_part_of_the_workflow_and_nobody_runs_the_whole() {
        // Given
        Bundle bundle = DefaultBundle.point().bundle();
        Workflow whole = requireNonNull(bundle.workflows().get(new WorkflowId("change-contact-details")));

        // When
        Workflow intake = whole.at(Optional.of("intake")).orElseThrow();
        Workflow action = whole.at(Optional.of("action")).orElseThrow();

        // Then
        assertThat(whole.at(Optional.empty())).isEmpty();
        assertThat(whole.at(Optional.of("refund"))).isEmpty();
        assertThat(whole.steps().values()).allSatisfy(step -> {
            assertThat(whole.tools()).containsAll(step.tools());
            assertThat(whole.classes()).containsAll(step.classes());
            assertThat(whole.destinations()).containsAll(step.destinations());
        });
        assertThat(intake.includes(new ToolName("contact_update"))).isFalse();
        assertThat(action.sets(new ToolName("contact_update"), "email")).isTrue();
        assertThat(action.sets(new ToolName("contact_update"), "job_title")).isFalse();
        WorkflowStep step = action.step().orElseThrow();
        assertThat(step.life()).isEqualTo(Duration.ofMinutes(2));
        assertThat(step.hints())
                .containsEntry("identity-verified", "verification")
                .containsEntry("fraud-check-passed", "verification");
    }
}

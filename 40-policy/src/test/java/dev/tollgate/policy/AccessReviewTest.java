// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the default bundle lets agents do, computed from its policies.
final class AccessReviewTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Bundle BUNDLE = DefaultBundle.point().bundle();
    private static final List<AccessLine> LINES = AccessReview.of(BUNDLE, NOW);

    private static Predicate<AccessLine> line(String agent, String workflow, Verb verb, String dataClass) {
        return line -> line.agent().value().equals(agent)
                && line.workflow().value().equals(workflow)
                && line.verb() == verb
                && line.dataClass().name().equals(dataClass);
    }

    private static List<String> views(List<AccessLine> lines, Predicate<AccessLine> wanted) {
        return lines.stream()
                .filter(wanted)
                .map(line -> line.view().word() + (line.condition().isEmpty() ? "" : " when " + line.condition()))
                .toList();
    }

    @Test
    @Requirement("S0-42")
    void each_view_stands_with_the_condition_that_remains_of_the_policies() {
        assertThat(views(LINES, line("sales-copilot", "maintain-deals", Verb.SEARCH, "deal-value")))
                .containsExactly("clear when it is the person's tenant's, and it changed in the last 90 days,"
                        + " and it is the person's own");
        assertThat(views(LINES, line("analyst", "review-billing", Verb.READ, "bank-account")))
                .containsExactly(
                        "masked when it is the person's tenant's",
                        "masked when it is the person's tenant's, and it changed in the last 365 days");
        assertThat(views(LINES, line("analyst", "review-pipeline", Verb.EXPORT, "contact-detail")))
                .containsExactly("clear when it is the person's tenant's, and people approve it");
        assertThat(views(LINES, line("support-triage", "review-incident", Verb.READ, "internal-notes")))
                .containsExactly("clear when it is the person's tenant's, and it changed in the last 180 days,"
                        + " and the person is support-lead of incident-review");
        assertThat(views(LINES, line("outreach-agent", "reach-out", Verb.SEND, "draft")))
                .contains("clear when the recipient is on file, and people approve it")
                .contains("clear when the recipient is of the house");
        assertThat(views(LINES, line("sales-copilot", "reach-out", Verb.SEND, "draft")))
                .contains("clear when the recipient is on file");
        assertThat(views(LINES, line("sales-copilot", "prepare-sales-call", Verb.READ, "bank-account")))
                .isEmpty();
    }

    @Test
    @Requirement({"S0-42", "S2-5"})
    void a_workflow_with_steps_is_told_step_by_step_with_what_comes_first() {
        assertThat(views(LINES, line("support-triage", "change-contact-details", Verb.WRITE, "contact-detail")))
                .isNotEmpty()
                .allMatch(condition -> condition.startsWith("clear when the task is in step action after"
                        + " fraud-check-passed and identity-verified, and "));
        assertThat(views(LINES, line("support-triage", "answer-case", Verb.WRITE, "draft")))
                .isNotEmpty()
                .allMatch(condition -> condition.startsWith("clear when the task is in step action after enrichment"));
        assertThat(LINES)
                .filteredOn(line -> line.workflow().value().equals("answer-case"))
                .filteredOn(line -> line.condition().contains("step drafting"))
                .isNotEmpty()
                .noneMatch(line -> line.verb().changes());
    }

    /// The domains of S0-6, by the classes of their fields.
    private static final Map<String, Set<String>> DOMAINS = Map.of(
            "contact", Set.of("contact-detail", "direct-identifier"),
            "deal", Set.of("deal", "deal-value"),
            "billing", Set.of("billing", "payment", "bank-account"),
            "notes", Set.of("internal-notes", "escalation-notes"));

    private static Set<String> domains(Predicate<AccessLine> of) {
        return DOMAINS.entrySet().stream()
                .filter(domain -> LINES.stream()
                        .anyMatch(line -> of.test(line)
                                && domain.getValue().contains(line.dataClass().name())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Requirement("S0-6")
    void no_task_reaches_two_domains_but_where_its_business_is_both() {
        Map<String, Set<String>> reached = new TreeMap<>();
        LINES.forEach(line -> reached.put(
                line.agent() + " " + line.workflow(),
                domains(other ->
                        other.agent().equals(line.agent()) && other.workflow().equals(line.workflow()))));
        reached.values().removeIf(Set::isEmpty);

        assertThat(reached)
                .containsOnly(
                        Map.entry("analyst maintain-accounts", Set.of("billing")),
                        Map.entry("analyst review-billing", Set.of("billing")),
                        Map.entry("analyst review-pipeline", Set.of("contact", "deal")),
                        Map.entry("enrichment-agent enrich-leads", Set.of("contact")),
                        Map.entry("outreach-agent reach-out", Set.of("contact")),
                        Map.entry("sales-copilot maintain-deals", Set.of("deal")),
                        Map.entry("sales-copilot prepare-sales-call", Set.of("contact", "deal")),
                        Map.entry("sales-copilot reach-out", Set.of("contact")),
                        Map.entry("support-triage change-contact-details", Set.of("contact")),
                        Map.entry("support-triage create-support-case", Set.of("contact")),
                        Map.entry("support-triage request-refund", Set.of("billing")),
                        Map.entry("support-triage review-incident", Set.of("notes")),
                        Map.entry("support-triage send-case-letter", Set.of("contact")),
                        Map.entry("support-triage send-customer-update", Set.of("contact")));
    }

    private static int models(String zone) {
        return Objects.requireNonNull(BUNDLE.zones().get(zone)).model().size();
    }

    /// What agents of a tier may do with which class, wherever.
    private static Set<String> permitted(int tier) {
        return LINES.stream()
                .filter(line -> line.tier() == tier)
                .map(line -> line.verb().word() + " " + line.dataClass().name())
                .collect(Collectors.toSet());
    }

    @Test
    @Requirement("S1-13")
    void who_talks_to_customers_by_itself_may_do_a_part_of_what_back_office_assistants_may() {
        Set<String> first = permitted(1);
        Set<String> third = permitted(3);
        assertThat(first).isNotEmpty().isSubsetOf(third);
        assertThat(third.size()).isGreaterThan(2 * first.size());
        assertThat(LINES)
                .filteredOn(line -> line.tier() == 1)
                .allMatch(line -> !line.verb().changes())
                .allMatch(line -> line.destination().equals("agent"));
        assertThat(models("tier1-customer-service")).isLessThan(models("tier3-sales-ops-assist"));
    }

    @Test
    @Requirement("S0-42")
    void each_line_has_a_policy_that_permits_it_and_none_shows_what_walls_forbid() {
        assertThat(LINES)
                .allMatch(line -> line.view() != View.WITHHELD)
                .allMatch(line -> !line.rules().isEmpty());
        assertThat(LINES)
                .filteredOn(line -> line.dataClass().name().equals("credential")
                        || line.dataClass().name().equals("medical")
                        || line.dataClass().name().equals("government-identifier"))
                .isEmpty();
    }

    @Test
    @Requirement("S0-42")
    void a_change_that_narrows_is_a_patch_and_takes_exactly_that_away(@TempDir Path folder) throws Exception {
        // Given
        WorkflowId workflow = new WorkflowId("prepare-sales-call");

        // When
        Narrowing narrowing = Narrowing.of(DefaultBundle.FILES, workflow, Set.of(new DataClass("contact-detail")))
                .orElseThrow();

        // Then
        Bundle narrow = ((Loading.Loaded) BundleLoader.load(narrowing.after())).bundle();
        List<AccessLine> after = AccessReview.of(narrow, NOW);
        assertThat(after).hasSizeLessThan(LINES.size());
        assertThat(views(after, line("sales-copilot", "prepare-sales-call", Verb.READ, "contact-detail")))
                .isEmpty();
        assertThat(LINES).containsAll(after);
        assertThat(applied(folder, narrowing))
                .isEqualTo(new String(narrowing.after().content().get(narrowing.file()), StandardCharsets.UTF_8));
    }

    /// The file after the system's own tool applied the patch.
    private static String applied(Path folder, Narrowing narrowing) throws IOException, InterruptedException {
        Path file = folder.resolve(narrowing.file());
        Files.createDirectories(file.getParent());
        Files.write(file, DefaultBundle.FILES.content().get(narrowing.file()));
        Path patch = Files.writeString(folder.resolve("narrow.patch"), narrowing.patch());
        Process git = new ProcessBuilder("git", "apply", "--unsafe-paths", patch.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
        return Files.readString(file);
    }

    @Test
    void a_class_that_the_workflow_does_not_name_and_a_bundle_that_would_break_are_no_change() {
        assertThat(Narrowing.of(DefaultBundle.FILES, new WorkflowId("look-around"), Set.of(new DataClass("billing"))))
                .isEmpty();
        assertThat(Narrowing.of(DefaultBundle.FILES, new WorkflowId("nobody"), Set.of(new DataClass("public"))))
                .isEmpty();
        assertThatThrownBy(() -> Narrowing.of(
                        DefaultBundle.with("workflows/broken.yaml", "workflows: [{id: x}]\n"),
                        new WorkflowId("look-around"),
                        Set.of(new DataClass("public"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not load");
    }
}

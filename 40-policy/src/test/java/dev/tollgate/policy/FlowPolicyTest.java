// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.lineage.Carried;
import dev.tollgate.lineage.FlowDecay;
import dev.tollgate.lineage.Integrity;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FlowPolicyTest {
    private static final String WALLS = "policies/15-flow.cedar";

    private static final String CARRIED = """
            @id("deals-stay")
            @category("flow")
            forbid (principal, action in Action::"reads", resource in Object::"contact")
            when { context.carried.contains("financial") };
            """;

    private static final String TAINTED = """
            @id("tainted-stays")
            forbid (principal, action == Action::"write", resource)
            when { context.integrity == "third-party" };
            """;

    private static DecisionPoint point(String policies) {
        return DefaultBundle.point(BundleLoader.load(DefaultBundle.with(WALLS, policies)));
    }

    private static Situation holding(Carried carried) {
        return Situation.at(Asking.NOW).with(carried);
    }

    @Test
    void a_policy_forbids_by_what_was_shown_before() {
        // Given
        DecisionPoint point = point(CARRIED);
        Principal rep = Asking.rep(point.bundle(), "crm:contact:read");
        var operation = Asking.get(point.bundle(), "contact_get", "id", "name");
        var held = new Carried(Set.of(new DataClass("financial")), Integrity.TRUSTED, Set.of());

        // When
        Decision free = point.decide(rep, operation, holding(Carried.NOTHING));
        Decision denied = point.decide(rep, operation, holding(held));

        // Then
        assertThat(free.permits()).isTrue();
        assertThat(denied.permits()).isFalse();
        assertThat(denied.reason()).isEqualTo(Reason.FLOW);
        assertThat(denied.determining()).extracting(rule -> rule.value()).contains("deals-stay");
    }

    @Test
    void only_what_a_policy_may_judge_by_the_flow_is_looked_up() {
        // Given
        DecisionPoint none = DefaultBundle.point();
        DecisionPoint some = point(CARRIED);
        DecisionPoint writes = point(TAINTED);
        Principal rep = Asking.rep(some.bundle(), "crm:contact:read", "crm:account:read");
        var contact = Asking.get(some.bundle(), "contact_get", "id");
        var account = Asking.get(some.bundle(), "account_get", "id");

        // Then
        assertThat(none.asksForFlow(rep, contact)).isFalse();
        assertThat(some.asksForFlow(rep, contact)).isTrue();
        assertThat(some.asksForFlow(rep, account)).isFalse();
        assertThat(writes.asksForFlow(rep, contact)).isFalse();
    }

    @Test
    void tests_of_a_bundle_say_what_is_carried() {
        // Given
        String test = """
                at: 2026-11-20T10:00:00Z
                tests:
                  - name: who holds a price sees no contact
                    given: {agent: sales-copilot, user: alice, workflow: prepare-sales-call,
                      scopes: ['crm:contact:read'], carried: [deal-value], integrity: third-party}
                    when: {tool: contact_get}
                    expect: {outcome: deny, rule: deals-stay}
                  - name: who holds nothing sees it
                    given: {agent: sales-copilot, user: alice, workflow: prepare-sales-call, scopes: ['crm:contact:read']}
                    when: {tool: contact_get}
                    expect: {outcome: %s}
                """;

        // When
        Loading sound = tested(test.formatted("permit"));
        Loading wrong = tested(test.formatted("deny"));

        // Then
        assertThat(sound).isInstanceOf(Loading.Loaded.class);
        assertThat(messages(wrong)).anyMatch(line -> line.contains("who holds nothing sees it"));
    }

    private static Loading tested(String tests) {
        var files = new java.util.TreeMap<>(DefaultBundle.with(WALLS, CARRIED).content());
        files.put("tests/flow.yaml", tests.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return BundleTests.run(BundleLoader.load(BundleFiles.of(files)), new SplittableRandom(1));
    }

    @Test
    void the_bundle_says_how_long_each_class_is_remembered() {
        // When
        FlowDecay read = point("flow: {integrity: 2h, classes: {'*': 3d, financial: 7d}}", "flow.yaml")
                .bundle()
                .flow();

        // Then
        assertThat(read.integrity()).isEqualTo(Duration.ofHours(2));
        assertThat(read.usual()).isEqualTo(Duration.ofDays(3));
        assertThat(read.classes()).containsEntry(new DataClass("financial"), Duration.ofDays(7));
        assertThat(read.classes()).containsEntry(new DataClass("medical"), Duration.ofDays(30));
    }

    private static DecisionPoint point(String content, String file) {
        return DefaultBundle.point(BundleLoader.load(DefaultBundle.with(file, content)));
    }

    private static Stream<Arguments> slips() {
        return Stream.of(
                Arguments.of("flow: {integrity: 1s}", "this must be a time from 10m to 365d"),
                Arguments.of("flow: {integrity: 366d}", "this must be a time from 10m to 365d"),
                Arguments.of("flow: {integrity: -1d}", "this must be a time from 10m to 365d"),
                Arguments.of("flow: {classes: {'*': never}}", "this must be a time from 10m to 365d"),
                Arguments.of("flow: {classes: {bilin: 3d}}", "the key `bilin` is not known here"),
                Arguments.of("flow: {integrty: 3d}", "the key `integrty` is not known here, did you mean `integrity`?"),
                Arguments.of("flows: {integrity: 3d}", "the key `flow` is missing"));
    }

    @ParameterizedTest
    @MethodSource("slips")
    void a_slip_in_the_flow_file_is_no_bundle(String content, String problem) {
        // When
        Loading loading = BundleLoader.load(DefaultBundle.with("flow.yaml", content));

        // Then
        assertThat(messages(loading)).anyMatch(line -> line.startsWith("flow.yaml:1:") && line.contains(problem));
    }

    private static List<String> messages(Loading loading) {
        return switch (loading) {
            case Loading.Loaded _ -> List.of();
            case Loading.Invalid invalid ->
                invalid.problems().all().stream().map(Problem::toString).toList();
        };
    }
}

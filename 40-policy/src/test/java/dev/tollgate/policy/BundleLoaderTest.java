// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BundleLoaderTest {
    @Test
    void everything_that_is_wrong_is_said_at_once_with_its_place() {
        // Given
        var files = new TreeMap<>(DefaultBundle.FILES.content());
        put(files, "zones.yaml", "zones:\n  - {id: z1, tier: 12, egress: [a], deny: [a]}\n");
        put(files, "limits.yaml", "limits:\n  - {name: Refund, type: amonut, values: []}\n");
        put(files, "budgets.yaml", "budgets:\n  - {agents: x, calls_per_minut: 5}\n");
        put(
                files,
                "policies/10-walls.cedar",
                "@id(\"a\")\nforbid (principal, action, resource);\npermit (principl);\n");
        put(files, "polices/x.cedar", "");

        // When
        List<String> problems = problems(BundleFiles.of(files));

        // Then
        assertThat(problems)
                .contains(
                        "zones.yaml:2:5: the key `region` is missing",
                        "zones.yaml:2:20: this must be a whole number from 1 to 9",
                        "limits.yaml:2:12: this must be lower-case words joined by `_`",
                        "limits.yaml:2:26: `amonut` is not known here, did you mean `amount`?",
                        "budgets.yaml:2:5: the key `calls_per_minute` is missing",
                        "budgets.yaml:2:17: the key `calls_per_minut` is not known here, did you mean"
                                + " `calls_per_minute`?",
                        "polices/x.cedar:1:1: no part of a bundle has this name")
                .anyMatch(line -> line.startsWith("policies/10-walls.cedar:3:"));
    }

    private static Stream<Arguments> slipsInWorkflowsAndPeople() {
        return Stream.of(
                Arguments.of(
                        "workflows/sales.yaml",
                        "classes: [public, record-identifier, record-metadata, operational]",
                        "classes: [pubic]",
                        "`pubic` is not known here, did you mean `public`?"),
                Arguments.of(
                        "workflows/sales.yaml",
                        "tools: [lead_get,",
                        "tools: [lead_gte,",
                        "`lead_gte` is not known here, did you mean `lead_get`?"),
                Arguments.of(
                        "workflows/sales.yaml",
                        "lookback_days: 365",
                        "lookback_days: 9999",
                        "this must be a whole number from 1 to 3650"),
                Arguments.of(
                        "workflows/sales.yaml",
                        "lookback_days: 365",
                        "look_back_days: 365",
                        "the key `look_back_days` is not known here, did you mean `lookback_days`?"),
                Arguments.of(
                        "workflows/sales.yaml",
                        "id: enrich-leads",
                        "id: review-pipeline",
                        "two workflows have this id"),
                Arguments.of("principals.yaml", "tenant: globex", "tenat: globex", "the key `tenant` is missing"),
                Arguments.of("principals.yaml", "tier: 1", "tier: 2", "the zone is for another tier"),
                Arguments.of(
                        "principals.yaml",
                        "zone: tier1-customer-service",
                        "zone: tier1-customer",
                        "`tier1-customer` is not known here"));
    }

    private static Stream<Arguments> absurdBudgets() {
        return Stream.of(
                Arguments.of("calls_per_minute: -1", "this must be a whole number from 1 to 60000, or `unlimited`"),
                Arguments.of("calls_per_minute: 10000000", "this must be a whole number from 1 to 60000"),
                Arguments.of("calls_per_minute: 1e3", "this must be a whole number"),
                Arguments.of("calls_per_minute: unlimited", "a limit that is `unlimited` needs a `because`"),
                Arguments.of(
                        "calls_per_minute: 5\n    writes_per_minute: 6",
                        "more changes than calls a minute are no limit"),
                Arguments.of("calls_per_minute: 5\n    writes_per_hour: 0", "this must be a whole number from 1"),
                Arguments.of(
                        "calls_per_minute: 5\n    customers_per_day: 99999999999999999999",
                        "this must be a whole number from 1 to 100000"),
                Arguments.of(
                        "calls_per_minute: 5\n    bytes_per_day: {biling: 5}", "the key `biling` is not known here"),
                Arguments.of(
                        "calls_per_minute: 5\n    bytes_per_day: {billing: -5}", "this must be a whole number from 1"),
                Arguments.of(
                        "calls_per_minute: 5\n    workflow_calls_per_minute: {none: 5}",
                        "the key `none` is not known here"));
    }

    @ParameterizedTest
    @MethodSource("absurdBudgets")
    @Requirement("S4-30")
    void a_negative_or_absurd_budget_is_no_budget(String line, String problem) {
        // Given
        BundleFiles files = DefaultBundle.with("budgets.yaml", "budgets:\n  - agents: x\n    " + line + "\n");

        // When
        List<String> problems = problems(files);

        // Then
        assertThat(problems).anyMatch(found -> found.startsWith("budgets.yaml:") && found.contains(problem));
    }

    private static Stream<Arguments> slipsElsewhere() {
        return Stream.of(
                Arguments.of(
                        "principals.yaml",
                        "{demo: usr_001}",
                        "{dmeo: usr_001}",
                        "no contract is for the system `dmeo`"),
                Arguments.of("principals.yaml", "id: mallory", "id: alice", "two users have this id"),
                Arguments.of(
                        "bundle.yaml",
                        "default_workflow: look-around",
                        "default_workflow: look",
                        "`look` is not known here"),
                Arguments.of(
                        "limits.yaml", "value: 150}", "value: many}", "this must be a number with 4 decimals at most"),
                Arguments.of(
                        "limits.yaml", "from: 2026-07-01", "from: 2025-01-01", "two values begin at the same moment"),
                Arguments.of(
                        "policies/20-common.cedar",
                        "@id(\"operations\")",
                        "@id(\"company-profile\")",
                        "two policies have the `@id` `company-profile`"),
                Arguments.of(
                        "policies/20-common.cedar",
                        "@id(\"operations\")",
                        "@note(\"x\")",
                        "a policy needs an `@id` of lower-case words joined by `-`"),
                Arguments.of(
                        "policies/10-walls.cedar",
                        "@category(\"tenant\")",
                        "@category(\"tenat\")",
                        "there is no `@category` `tenat`, did you mean `tenant`?"));
    }

    @ParameterizedTest
    @MethodSource({"slipsInWorkflowsAndPeople", "slipsElsewhere"})
    void one_slip_is_found_where_it_is(String file, String old, String now, String message) {
        // Given
        BundleFiles files = DefaultBundle.edited(file, old, now);

        // When
        List<String> problems = problems(files);

        // Then
        assertThat(problems)
                .anySatisfy(line -> assertThat(line).startsWith(file + ":").endsWith(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            permit (principal, action == Action::"read", resource is Field) when { context.mood == "good" };
            permit (principal, action == Action::"read", resource is Field) when { context.change.ratio > 1 };
            permit (principal, action == Action::"fly", resource is Field);
            permit (principal is Robot, action, resource);
            permit (principal, action == Action::"read", resource is Field) when { context.row.owner == "x" };
            permit (principal, action == Action::"read", resource is Field) when { context.limits.nothing > 3 };
            permit (principal, action == Action::"read", resource is Field) when { resource.tier == "high" };
            """)
    void a_policy_that_compares_what_is_never_supplied_does_not_load(String policy) {
        // Given
        BundleFiles files = DefaultBundle.with("policies/99-new.cedar", "@id(\"new\")\n" + policy);

        // When
        List<String> problems = problems(files);

        // Then
        assertThat(problems).anyMatch(line -> line.startsWith("policies/99-new.cedar:2:"));
    }

    @Test
    void the_policies_of_the_house_load() {
        // Given
        String house = """
                @id("house-sales-prep-contact")
                permit (principal in Agents::"sales-copilot", action in [Action::"read", Action::"summarize"],
                  resource in DataClass::"direct-identifier")
                when { context.intent == "prepare-sales-call" && context.view != "clear" };

                @id("amount-needs-fresh-approval")
                permit (principal, action == Action::"write", resource == Field::"opportunity.amount")
                when { principal.tier <= 2 && context.change.ratio.lessThan(decimal("0.10")) && context has approval
                  && context.approval.age < duration("5m") };

                @id("house-no-personal-data-to-webhooks")
                forbid (principal, action == Action::"send", resource is Sink)
                when { resource.kind == "webhook" && context.carried.contains("direct-identifier") };
                """;

        // When
        Loading loading = BundleLoader.load(DefaultBundle.with("policies/99-house.cedar", house));

        // Then
        assertThat(loading).isInstanceOf(Loading.Loaded.class);
    }

    @Requirement("S1-20")
    @Test
    void a_bundle_that_fails_its_own_tests_is_not_valid() {
        // Given
        BundleFiles files = DefaultBundle.with("tests/new.yaml", """
                at: 2026-11-21T09:00:00Z
                tests:
                  - name: everybody reads e-mail addresses
                    given: {agent: sales-copilot, user: alice, workflow: prepare-sales-call, scopes: ['crm:*:read']}
                    when: {tool: contact_get, fields: [email]}
                    expect: {outcome: permit, fields: {email: clear}}
                """);

        // When
        Loading checked = BundleTests.run(BundleLoader.load(files), new SplittableRandom(1));

        // Then
        assertThat(lines(checked))
                .containsExactly("tests/new.yaml:3:5: the test `everybody reads e-mail addresses` fails:"
                        + " `email` is masked and not clear (permitted [sales-prep-contact])");
    }

    @Requirement("S0-39")
    @Test
    void any_byte_of_any_file_makes_another_version() {
        // Given
        BundleFiles before = DefaultBundle.FILES;

        // When
        var versions = before.content().entrySet().stream()
                .map(file -> {
                    var files = new TreeMap<>(before.content());
                    byte[] bytes = file.getValue().clone();
                    bytes[bytes.length / 2] ^= 1;
                    files.put(file.getKey(), bytes);
                    return BundleFiles.of(files).version();
                })
                .toList();

        // Then
        assertThat(versions).doesNotHaveDuplicates().doesNotContain(before.version());
        assertThat(BundleFiles.of(new TreeMap<>(before.content())).version()).isEqualTo(before.version());
    }

    private static void put(Map<String, byte[]> files, String path, String content) {
        files.put(path, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static List<String> problems(BundleFiles files) {
        return lines(BundleLoader.load(files));
    }

    private static List<String> lines(Loading loading) {
        return switch (loading) {
            case Loading.Loaded _ -> List.of();
            case Loading.Invalid invalid ->
                invalid.problems().all().stream().map(Problem::toString).toList();
        };
    }
}

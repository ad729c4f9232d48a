// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ActivationTest {
    private static final String ONE = "{\"id\":\"acc_000001\"}";

    private static final String NO_ACCOUNTS = """

            @id("accounts-are-closed")
            forbid (principal, action, resource in Object::"account");
            """;

    @TempDir
    private Path folder;

    private BundleFolder withoutAccounts() {
        return BundleFolder.copy("default", folder.resolve("bundle"))
                .untested()
                .append("policies/10-walls.cedar", NO_ACCOUNTS);
    }

    private static WireClient agent(GatewayUnderTest gateway, String agent, String user, String workflow) {
        return gateway.agent(Ask.as(agent, user, workflow).with("crm:account:read"));
    }

    @Test
    @Requirement({"S3-13", "S0-39"})
    void a_rule_change_binds_the_very_next_call_of_every_agent_and_a_rollback_frees_it() throws IOException {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder.resolve("data"));
                WireClient sales = agent(gateway, "sales-copilot", "alice", "prepare-sales-call");
                WireClient support = agent(gateway, "support-triage", "bob", "support-triage");
                WireClient analyst = agent(gateway, "analyst", "erin", "review-billing");
                RawHttp stream = sales.listen()) {
            // Given three agents that are working under the first bundle, one of which listens for changes
            List<WireClient> agents = List.of(sales, support, analyst);
            assertThat(agents).allMatch(agent -> agent.call("account_get", ONE).passed());
            Commands commands = new Commands(gateway.data());
            String before = LogEntries.of(gateway)
                    .of("administered")
                    .getFirst()
                    .path("policy")
                    .asString("");

            // When
            Commands.Result activated =
                    commands.run("policy", "activate", withoutAccounts().path().toString(), "--by", "olivia");

            // Then
            assertThat(activated.code()).as(activated.err() + activated.out()).isZero();
            assertThat(agents).allMatch(agent -> agent.call("account_get", ONE).errorCode() == -32602);
            assertThat(agents)
                    .allMatch(agent -> agent.tools().stream()
                            .noneMatch(tool -> tool.path("name").asString("").startsWith("account_")));
            assertThat(stream.until("notifications/tools/list_changed")).isNotEmpty();

            // When
            Commands.Result rolledBack = commands.run("policy", "rollback", before, "--by", "otto");

            // Then
            assertThat(rolledBack.code()).as(rolledBack.err()).isZero();
            assertThat(agents).allMatch(agent -> agent.call("account_get", ONE).passed());
            assertThat(stream.until("notifications/tools/list_changed")).isNotEmpty();
            assertRecorded(gateway, before);
        }
    }

    /// Each activation is in the log once, with who did it, before anything that was decided under it.
    private static void assertRecorded(GatewayUnderTest gateway, String first) {
        List<JsonNode> administered = LogEntries.of(gateway).of("administered");
        assertThat(administered)
                .extracting(entry -> entry.path("event").asString("") + " by "
                        + entry.path("by").asString(""))
                .containsExactly(
                        "bundle-activated by first start",
                        "started by gateway",
                        "bundle-activated by olivia",
                        "bundle-rolled-back by otto");
        assertThat(administered.get(0).path("policy").asString("")).isEqualTo(first);
        assertThat(administered.get(3).path("policy").asString("")).isEqualTo(first);
        assertThat(administered.get(2).path("policy").asString(""))
                .startsWith("sha256:")
                .isNotEqualTo(first);
        String inForce = "";
        for (JsonNode entry : LogEntries.of(gateway).all()) {
            switch (entry.path("kind").asString("")) {
                case "administered" -> inForce = entry.path("policy").asString("");
                case "decision" ->
                    assertThat(entry.path("ruling").path("policy").asString("")).isEqualTo(inForce);
                default -> assertThat(entry.path("kind").asString("")).isIn("outcome", "refused", "token-issued");
            }
        }
    }

    @Test
    void an_activation_while_nothing_ran_is_recorded_at_the_next_start_and_only_once() {
        // Given
        Path data = folder.resolve("data");
        GatewayUnderTest.start(data).close();
        Commands commands = new Commands(data);
        Path bundle = withoutAccounts().path();

        // When
        Commands.Result activated = commands.run("policy", "activate", bundle.toString(), "--by", "olivia");
        GatewayUnderTest.start(data).close();
        GatewayUnderTest.start(data).close();

        // Then
        assertThat(activated.code()).as(activated.err()).isZero();
        assertThat(new LogEntries(data.resolve("log")).of("administered"))
                .extracting(entry -> entry.path("event").asString(""))
                .containsExactly(
                        "bundle-activated",
                        "started",
                        "stopped",
                        "bundle-activated",
                        "started",
                        "stopped",
                        "started",
                        "stopped");
        Commands.Result verified = commands.run("audit", "verify");
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    @Test
    @Requirement("S3-13")
    void a_bundle_with_an_error_never_replaces_a_valid_one() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder.resolve("data"));
                WireClient sales = agent(gateway, "sales-copilot", "alice", "prepare-sales-call")) {
            // Given
            BundleFolder broken = BundleFolder.copy("default", folder.resolve("bundle"))
                    .append(
                            "policies/10-walls.cedar",
                            "\npermit (principal, action, resource) when { context.nothing };");

            // When
            Commands.Result refused = new Commands(gateway.data())
                    .run("policy", "activate", broken.path().toString(), "--by", "olivia");

            // Then
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.out()).contains("10-walls.cedar");
            assertThat(sales.call("account_get", ONE).passed()).isTrue();
            assertThat(LogEntries.of(gateway).of("administered")).hasSize(2);
        }
    }
}

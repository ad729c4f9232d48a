// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Each agent has proofs of its own, each tool scopes of its own, each call a credential of its own.
final class OwnCredentialsTest {
    private final GatewayUnderTest gateway;
    private final TokenDesk desk;

    OwnCredentialsTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        desk = new TokenDesk(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Requirement("S1-8")
    @Test
    void each_tool_declares_its_scopes_and_each_call_has_a_credential_of_its_own() {
        String token = desk.ask("sales-copilot", "alice", "prepare-sales-call", "crm:account:read")
                .token();

        assertThat(desk.tools(token))
                .as("the tools whose scopes the token holds")
                .containsExactlyInAnyOrder(
                        "account_get", "account_search", "account_count", "approval_status", "request_authorization");
        desk.called(token, "account_get", "{\"id\":\"acc_000001\"}");
        desk.called(token, "account_get", "{\"id\":\"acc_000002\"}");
        List<JsonNode> outcomes = LogEntries.of(gateway).of("outcome");
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.stream()
                        .map(entry -> entry.path("token").path("id").asString(""))
                        .distinct())
                .as("minted at the call, for the call")
                .hasSize(2)
                .doesNotContain("");
        assertThat(desk.called(token, "contact_get", "{\"id\":\"con_000001\"}")).doesNotContain("con_000001");
    }

    @Requirement({"S1-3", "S4-10"})
    @Test
    void an_operator_vouches_for_an_agent_and_a_person_by_command() {
        Commands commands = new Commands(gateway.data());
        Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
        form.put(
                "actor_token",
                commands.run("agent", "register", "sales-copilot").out().strip());
        form.put("subject_token", commands.run("person", "alice").out().strip());

        TokenDesk.Answer answer = desk.ask(form);
        Commands.Result nobody = commands.run("agent", "register", "alice");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(nobody.code()).isNotZero();
        assertThat(nobody.err()).contains("no such agent");
    }
}

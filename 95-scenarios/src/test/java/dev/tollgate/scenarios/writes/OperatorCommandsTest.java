// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Operators stop, resume, look and resolve with commands beside the running gateway.
class OperatorCommandsTest {
    private static final String TOKEN = "dev.tollgate/decision-token";
    private static final String DEAL = "opp_000001";
    private static final String READ = "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\"]}";
    private static final String[] WHY = {"--by", "olivia", "--reason", "it loops"};
    private static final int TRIES_MAX = 1_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final GatewayUnderTest gateway;
    private final Commands commands;

    @TempDir
    private Path folder;

    OperatorCommandsTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        commands = new Commands(data);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private WireClient agent() {
        return gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private static WireClient.Reply amount(WireClient agent, String value) {
        return agent.call("opportunity_update", "{\"id\":\"" + DEAL + "\",\"values\":{\"amount\":" + value + "}}");
    }

    private static String refusal(WireClient.Reply reply, String member) {
        return reply.message()
                .at("/result/_meta/dev.tollgate~1refusal/" + member)
                .asString("");
    }

    /// A node hears of a switch within a second.
    private static WireClient.Reply until(WireClient agent, boolean passes) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            WireClient.Reply reply = agent.call("opportunity_get", READ);
            if (reply.passed() == passes) {
                return reply;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("no node heard of the switch");
    }

    private Commands.Result run(String first, String... more) {
        String[] words = new String[more.length + 1];
        words[0] = first;
        System.arraycopy(more, 0, words, 1, more.length);
        return commands.run(words);
    }

    @Test
    @Requirement("B-12")
    void a_stopped_agent_gets_nothing_and_resuming_gives_back_neither_token_nor_approval() {
        try (WireClient agent = agent()) {
            // Given
            String now = agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\",\"amount\"]}")
                    .structured()
                    .at("/records/0/values/amount")
                    .decimalValue()
                    .multiply(new java.math.BigDecimal("1.05"))
                    .setScale(2, java.math.RoundingMode.DOWN)
                    .toPlainString();
            String token = agent.call(
                            "request_authorization", "{\"tool\":\"opportunity_get\",\"arguments\":" + READ + "}")
                    .structured()
                    .path("token")
                    .asString("");
            String waiting = refusal(amount(agent, now), "approval");

            // When
            Commands.Result halted = run("halt", "agent", "sales-copilot", WHY[0], WHY[1], WHY[2], WHY[3]);
            WireClient.Reply stopped = until(agent, false);
            Commands.Result halts = run("halts");
            Commands.Result resumed = run("resume", "agent", "sales-copilot", WHY[0], WHY[1], WHY[2], WHY[3]);
            until(agent, true);

            // Then
            assertThat(halted.out()).isEqualTo("stopped: agent sales-copilot, 1 approvals void\n");
            assertThat(refusal(stopped, "code")).isEqualTo("halted");
            assertThat(halts.out()).contains("agent sales-copilot  by olivia  it loops");
            assertThat(resumed.out()).isEqualTo("resumed: agent sales-copilot\n");
            assertThat(token).isNotEmpty();
            WireClient.Reply brought = agent.call("opportunity_get", READ, Map.of(TOKEN, "\"" + token + "\""));
            assertThat(refusal(brought, "code")).isEqualTo("halted");
            WireClient.Reply asked = agent.call("approval_status", "{\"approval\":\"" + waiting + "\"}");
            assertThat(asked.structured().path("state").asString("")).isEqualTo("voided");
            assertThat(refusal(amount(agent, now), "approval")).isNotEmpty().isNotEqualTo(waiting);
        }
    }

    @Test
    @Requirement("S4-19")
    void an_exception_is_listed_shown_made_a_policy_test_taken_and_resolved() {
        try (WireClient agent = agent()) {
            // Given
            amount(agent, "999999999.00");

            // When
            Commands.Result listed = run("exceptions", "list", "--tenant", "acme");
            String id = listed.out().substring(0, 32);
            Commands.Result shown = run("exceptions", "show", id, "--tenant", "acme");
            Commands.Result test = run("exceptions", "show", id, "--tenant", "acme", "--as-policy-test");
            Commands.Result taken = run("exceptions", "take", id, "--tenant", "acme", "--by", "erin");
            Commands.Result resolved = run(
                    "exceptions",
                    "resolve",
                    id,
                    "--tenant",
                    "acme",
                    "--by",
                    "erin",
                    "--how",
                    "MENDED",
                    "--remark",
                    "the agent asks first now");
            Commands.Result twice = run(
                    "exceptions",
                    "resolve",
                    id,
                    "--tenant",
                    "acme",
                    "--by",
                    "erin",
                    "--how",
                    "MENDED",
                    "--remark",
                    "again");

            // Then
            assertThat(listed.lines()).hasSize(1);
            assertThat(listed.out()).contains("  open  MEDIUM  rule  x1  sales-copilot  ");
            assertThat(shown.out())
                    .contains("opportunity.amount", "\"kind\":\"decision\"")
                    .doesNotContain("999999999");
            assertThat(taken.out()).isEqualTo("taken: " + id + "\n");
            assertThat(resolved.out()).isEqualTo("resolved: " + id + "\n");
            assertThat(twice.err()).contains("it is resolved already");
            assertThat(run("exceptions", "list", "--tenant", "acme").out()).isEmpty();
            BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                    .append("tests/from-exceptions.yaml", test.out());
            Commands.Result checked = run("policy", "check", bundle.path().toString());
            assertThat(checked.out()).as(test.out() + checked.err()).startsWith("valid:");
        }
    }

    @Test
    void what_waits_for_an_approval_is_shown_whole() {
        try (WireClient agent = agent()) {
            // Given
            String now = agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\",\"amount\"]}")
                    .structured()
                    .at("/records/0/values/amount")
                    .decimalValue()
                    .toPlainString();
            String id = refusal(
                    amount(
                            agent,
                            new java.math.BigDecimal(now)
                                    .multiply(new java.math.BigDecimal("1.02"))
                                    .setScale(2, java.math.RoundingMode.DOWN)
                                    .toPlainString()),
                    "approval");

            // When
            Commands.Result listed = run("approvals", "list", "--tenant", "acme");
            Commands.Result shown = run("approvals", "show", id, "--tenant", "acme");
            Commands.Result foreign = run("approvals", "show", id, "--tenant", "globex");

            // Then
            assertThat(listed.out())
                    .startsWith(id)
                    .contains("  pending  sales-copilot for alice  opportunity_update  ");
            assertThat(shown.out()).contains("* amount", " -> ", "undoing     reversible");
            assertThat(foreign.err()).contains("no such approval, see `list`");
        }
    }

    @Test
    void a_scope_that_is_none_or_not_on_is_refused_with_what_to_do() {
        // When
        Commands.Result none = run("halt", "everything", WHY[0], WHY[1], WHY[2], WHY[3]);
        Commands.Result off = run("resume", "all", WHY[0], WHY[1], WHY[2], WHY[3]);
        Commands.Result unsaid = run("halt", "all", "--by", "olivia");

        // Then
        assertThat(none.err()).contains("a scope is `all`, or a kind and which");
        assertThat(off.err()).contains("is not stopped in the store");
        assertThat(unsaid.code()).isEqualTo(2);
    }
}

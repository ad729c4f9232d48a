// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// There is no tool that policy does not decide: one `forbid` takes all of them away, for everybody.
class EveryToolTest {
    private static final Ask.Token DEALS = Ask.as("sales-copilot", "alice", "maintain-deals");
    private static final Map<String, Ask.Token> CALLERS = Map.of(
            "look-around", Ask.as("sales-copilot", "alice", "look-around"),
            "maintain-deals", DEALS,
            "support-triage", Ask.as("support-triage", "bob", "support-triage"),
            "request-refund", Ask.as("support-triage", "bob", "request-refund").about("acc_000003"));

    private static final Set<String> OWN = Set.of("request_authorization", "approval_status");

    @TempDir
    Path folder;

    private static Set<String> tools(WireClient agent) {
        Set<String> names = new TreeSet<>();
        agent.tools().forEach(tool -> names.add(tool.path("name").asString("")));
        names.removeAll(OWN);
        return names;
    }

    @Test
    @Requirement({"S1-17", "S0-1", "S2-21"})
    void one_forbid_takes_every_tool_away() {
        BundleFolder open = BundleFolder.copy("default", folder.resolve("open")).generous();
        BundleFolder shut = BundleFolder.copy("default", folder.resolve("shut"))
                .untested()
                .generous()
                .append("policies/10-walls.cedar", "\n@id(\"nothing\")\nforbid (principal, action, resource);\n");
        try (GatewayUnderTest before = GatewayUnderTest.start(folder.resolve("a"), open);
                GatewayUnderTest after = GatewayUnderTest.start(folder.resolve("b"), shut)) {
            for (Map.Entry<String, Ask.Token> caller : CALLERS.entrySet()) {
                // Given
                Set<String> offered;
                try (WireClient agent = before.agent(caller.getValue())) {
                    offered = tools(agent);
                }
                assertThat(offered).as(caller.getKey()).isNotEmpty();

                // When
                try (WireClient agent = after.agent(caller.getValue())) {
                    Set<String> left = tools(agent);

                    // Then
                    assertThat(left).as(caller.getKey()).isEmpty();
                }
            }
            refusesByName(before, after);
        }
    }

    /// A tool that is not listed is not there when it is called by name either, and nothing of it is executed.
    private static void refusesByName(GatewayUnderTest before, GatewayUnderTest after) {
        Set<String> names;
        try (WireClient agent = before.agent(DEALS)) {
            names = tools(agent);
        }
        for (String tool : names) {
            // A new task each, so that neither the loop's guard nor the risk of denied calls answers instead.
            try (WireClient agent = after.agent(DEALS)) {
                String arguments = tool.endsWith("_update")
                        ? "{\"id\":\"opp_000001\",\"values\":{\"next_step\":\"call\"}}"
                        : tool.endsWith("_get") ? "{\"id\":\"opp_000001\"}" : "{}";
                WireClient.Reply reply = agent.call(tool, arguments);
                assertThat(reply.passed()).as(tool).isFalse();
            }
        }
        List<String> outcomes = LogEntries.of(after).of("outcome").stream()
                .map(entry -> entry.path("result").asString(""))
                .toList();
        assertThat(outcomes).doesNotContain("released");
        assertThat(LogEntries.of(after).of("examined")).isEmpty();
    }
}

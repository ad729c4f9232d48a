// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent's record keeps for people, where the policies ask nobody.
final class KeptForPeopleTest {
    private static Desk desk(Path folder, String stage, String more) {
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .replace("principals.yaml", "stage: safe-writes", "stage: " + stage + more)
                .untested();
        return new Desk(folder, GatewayUnderTest.start(folder, bundle));
    }

    private static WireClient agent(Desk desk) {
        return desk.gateway()
                .agent(Ask.as("enrichment-agent", "erin", "enrich-leads").with("crm:lead:read", "crm:lead:write"));
    }

    private static WireClient.Reply set(WireClient agent, String values) {
        return agent.call("lead_update", "{\"id\":\"lea_000001\",\"values\":" + values + "}");
    }

    @Requirement("S1-6")
    @Test
    void a_listed_action_waits_for_an_approval_and_is_done_with_it(@TempDir Path folder) {
        try (Desk desk = desk(folder, "safe-writes", "\n    jit_approval_required: ['lead:update:job_title']");
                WireClient agent = agent(desk)) {
            // Given
            String before = desk.crm("lead", "lea_000001", "job_title");

            // When
            WireClient.Reply score = set(agent, "{\"icp_fit_score\":7}");
            WireClient.Reply asked = set(agent, "{\"job_title\":\"Head of Engines\"}");
            String waits = Desk.pending(asked);
            String meanwhile = desk.crm("lead", "lea_000001", "job_title");
            String approved = desk.approve(waits, "erin", "revops");
            String again = desk.approve(waits, "carol", "revops");
            WireClient.Reply done = set(agent, "{\"job_title\":\"Head of Engines\"}");

            // Then
            assertThat(score.passed()).as("what the record does not list").isTrue();
            assertThat(meanwhile).isEqualTo(before);
            assertThat(desk.waiting(waits).demand().rule().value()).isEqualTo("jit:lead:update:job_title");
            assertThat(approved).as("who asked does not approve").isNotEmpty();
            assertThat(again).isEmpty();
            assertThat(done.passed()).as(done.text()).isTrue();
            assertThat(desk.crm("lead", "lea_000001", "job_title")).isEqualTo("Head of Engines");
        }
    }

    @Requirement({"S4-1", "S4-12"})
    @Test
    void an_agent_that_only_reads_changes_nothing_and_is_shown_no_tool_that_would(@TempDir Path folder) {
        try (Desk desk = desk(folder, "read-only", "");
                WireClient agent = agent(desk)) {
            // When
            WireClient.Reply score = set(agent, "{\"icp_fit_score\":7}");

            // Then
            assertThat(score.wire()).contains("unknown tool");
            assertThat(agent.tools().stream().map(tool -> tool.path("name").asString("")))
                    .contains("lead_get")
                    .doesNotContain("lead_create", "lead_update", "lead_assign");
        }
    }
}

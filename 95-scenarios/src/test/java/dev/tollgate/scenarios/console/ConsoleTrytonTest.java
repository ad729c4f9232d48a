// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.scenarios.writes.TrytonOnPostgres;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The approval page of a gateway whose store is a PostgreSQL, for a change of a record in a real Tryton.
class ConsoleTrytonTest {
    private final Browser browser = new Browser();
    private final TrytonOnPostgres world;

    ConsoleTrytonTest(@TempDir Path folder) throws IOException {
        world = new TrytonOnPostgres(
                folder,
                bundle -> bundle.replace(
                        "approvals.yaml", "rule: '\\*', roles: \\[revops\\]", "rule: '*', roles: [sales-lead]"));
    }

    @AfterEach
    void stop() {
        browser.closeWindows();
        world.close();
        browser.close();
        assertThat(browser.complaints()).isEmpty();
    }

    private WireClient.Reply rename(WireClient agent, String name) {
        return agent.call(
                "tryton_party_update", "{\"id\":\"" + world.party() + "\",\"values\":{\"name\":\"" + name + "\"}}");
    }

    @Test
    @Requirement({"S1-11", "S2-20", "S2-4", "S0-31"})
    void a_person_signs_a_change_of_a_tryton_party_and_the_agent_may_write_exactly_it() {
        try (WireClient agent = world.gateway()
                .agent(Ask.as("analyst", "erin", "everything").with(TrytonOnPostgres.SCOPES.toArray(String[]::new)))) {
            // Given
            Browser.Person dana = browser.person();
            dana.enrol(world.gateway().console(), world.gateway().enrol("dana"));
            String id = Stage.pending(rename(agent, "Cobalt Marine AG"));

            // When
            dana.page().navigate(world.gateway().console() + "approvals/" + id);
            String shown = dana.page().locator(".diff").innerText();
            Stage.approve(world.gateway(), dana);
            Stage.sees(dana, "The agent may make exactly this change");
            WireClient.Reply written = rename(agent, "Cobalt Marine AG");

            // Then
            assertThat(shown).contains("name", "Cobalt Marine", "Cobalt Marine AG");
            assertThat(written.passed()).as(written.text()).isTrue();
            assertThat(world.sees("party.party", world.party(), "name")).contains("Cobalt Marine AG");
            assertThat(rename(agent, "Cobalt Marine Ltd").passed()).isFalse();
        }
    }
}

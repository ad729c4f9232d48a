// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.TrytonCalls;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The same as for the demo CRM: a real Tryton's records before and after a change of what an agent may not read.
class TrytonNoOracleTest {
    private static final Ask.Token STRANGER =
            Ask.as("sales-copilot", "alice", "look-around").with("tryton:*:read");
    private static final String OPPORTUNITY = "227";
    private static final String MODEL = "model.sale.opportunity.";

    @TempDir
    Path folder;

    @Test
    @Requirement({"B-2", "S2-22"})
    void a_change_of_withheld_fields_changes_no_answer() throws IOException {
        // Given
        BundleFolder files = Ground.withTryton(folder.resolve("bundle"), "1");
        try (TrytonCalls tryton = new TrytonCalls();
                GatewayUnderTest gateway = GatewayUnderTest.start(
                        Ground.tryton(
                                folder.resolve("data"),
                                files,
                                TrytonServer.config().database()),
                        new MovingClock())) {
            String kept = values(tryton);
            try {
                // When
                write(tryton, "{\"amount\":4711,\"description\":\"Deal with Paul\"}");
                List<String> before = script(gateway);
                String mayRead = known(gateway);
                write(tryton, "{\"amount\":815000,\"description\":\"Quiet talks\",\"reference\":\"other\"}");
                List<String> after = script(gateway);

                // Then: nothing tells that the amount is another, while a field that may be read says what it is
                assertThat(after).isEqualTo(before).noneMatch(said -> said.contains("4711"));
                assertThat(before).noneMatch(said -> said.contains("\"" + OPPORTUNITY + "\""));
                assertThat(known(gateway)).contains("other").isNotEqualTo(mayRead);
            } finally {
                write(tryton, kept);
            }
        }
    }

    /// Asks everything about the fields that changed, and for what is there and not to be told from what is not.
    private static List<String> script(GatewayUnderTest gateway) {
        List<String> said = new ArrayList<>();
        for (boolean rest : new boolean[] {false, true}) {
            Prober agent = new Prober(gateway, STRANGER, rest);
            agent.bisect("tryton_opportunity_count", OPPORTUNITY, "amount", said);
            said.addAll(agent.everything(
                    "tryton_opportunity", OPPORTUNITY, "description", List.of("\"Deal\"", "\"Quiet talks\"")));
            said.addAll(agent.everything("tryton_opportunity", OPPORTUNITY, "party.name", List.of("\"Wanda\"")));
            String concealed = agent.answer("tryton_party_get", "{\"id\":\"1\",\"fields\":[\"tax_identifier\"]}");
            String none = agent.answer("tryton_party_get", "{\"id\":\"1\",\"fields\":[\"tax_identifiex\"]}");
            assertThat(concealed).isEqualTo(none);
            String gone = agent.answer("tryton_opportunity_get", "{\"id\":\"2000000\",\"fields\":[\"id\"]}");
            assertThat(gone).contains("no such record");
        }
        return said;
    }

    private static String known(GatewayUnderTest gateway) {
        return new Prober(gateway, STRANGER, false)
                .answer("tryton_opportunity_get", "{\"id\":\"" + OPPORTUNITY + "\",\"fields\":[\"reference\"]}");
    }

    private static String values(TrytonCalls tryton) {
        JsonNode row = tryton.call(
                        MODEL + "read", "[[" + OPPORTUNITY + "],[\"amount\",\"description\",\"reference\"],{}]")
                .path(0);
        return "{\"amount\":" + row.path("amount") + ",\"description\":" + row.path("description") + ",\"reference\":"
                + row.path("reference") + "}";
    }

    /// A whole number is sent as Tryton's own kind of number.
    private static void write(TrytonCalls tryton, String values) {
        String sent =
                values.replaceAll("\"amount\":([0-9]+)", "\"amount\":{\"__class__\":\"Decimal\",\"decimal\":\"$1\"}");
        tryton.call(MODEL + "write", "[[" + OPPORTUNITY + "]," + sent + ",{}]");
    }
}

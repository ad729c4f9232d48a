// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.journal.Selection;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent changes over MCP stands in the journal of the store that all nodes share.
class JournalledWritesTest {
    private static final AgentId COPILOT = new AgentId("sales-copilot");
    private static final TenantId ACME = new TenantId("acme");
    private static final String DEAL = "opp_000001";
    private static final String FIELD = "agent_suggested_next_step";

    private final GatewayUnderTest gateway;
    private final Store store;
    private final ChangeJournal journal;

    JournalledWritesTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        journal = new ChangeJournal(store, gateway.clock());
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private WireClient agent() {
        return gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private static WireClient.Reply set(WireClient agent, String field, String value) {
        return agent.call(
                "opportunity_update", "{\"id\":\"" + DEAL + "\",\"values\":{\"" + field + "\":" + value + "}}");
    }

    private List<JournalEntry> entries() {
        return journal.list(Selection.lastOf(ACME, COPILOT, 1), Optional.empty(), 10)
                .items();
    }

    @Test
    @Requirement("S4-18")
    void a_change_is_journalled_with_who_when_which_record_before_after_action_and_reason() {
        try (WireClient agent = agent()) {
            // Given
            Instant at = gateway.clock().instant();
            assertThat(set(agent, FIELD, "\"call on Monday\"").passed()).isTrue();

            // When
            assertThat(set(agent, FIELD, "\"call on Friday\"").passed()).isTrue();

            // Then
            assertThat(entries()).hasSize(2).allSatisfy(entry -> {
                assertThat(entry.change().agent()).isEqualTo(COPILOT);
                assertThat(entry.at()).isBetween(at, gateway.clock().instant());
                assertThat(entry.record()).contains(new RecordId(DEAL));
                assertThat(entry.change().target().tool().value()).isEqualTo("opportunity_update");
                assertThat(entry.change().target().verb().word()).isEqualTo("write");
                assertThat(entry.cause().reason()).isNotBlank();
                assertThat(entry.outcome()).isEqualTo(JournalEntry.Outcome.DONE);
                assertThat(entry.newVersion()).isPresent();
            });
            JournalEntry last = entries().stream()
                    .filter(entry -> entry.seq() == 1)
                    .findFirst()
                    .orElseThrow();
            assertThat(last.change().before()).containsEntry(FIELD, Value.of("call on Monday"));
            assertThat(last.after()).containsEntry(FIELD, Value.of("call on Friday"));
        }
    }

    @Test
    void what_is_refused_is_no_change() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply refused = set(agent, "next_step", "\"sign\"");

            // Then
            assertThat(refused.passed()).isFalse();
            assertThat(entries()).isEmpty();
        }
    }

    @Test
    void nothing_is_written_when_the_journal_cannot_be() {
        try (WireClient agent = agent()) {
            // Given
            set(agent, FIELD, "\"call on Monday\"");
            store.write(session -> session.update("alter table journal_change rename to journal_lost"));

            // When
            WireClient.Reply refused = set(agent, FIELD, "\"call on Friday\"");

            // Then
            assertThat(refused.message()
                            .at("/result/_meta/dev.tollgate~1refusal/code")
                            .asString(""))
                    .isEqualTo("undecidable");
            assertThat(agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"" + FIELD + "\"]}")
                            .structured()
                            .at("/records/0/values/" + FIELD)
                            .asString(""))
                    .isEqualTo("call on Monday");
        }
    }
}

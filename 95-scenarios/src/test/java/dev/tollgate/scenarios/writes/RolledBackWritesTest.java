// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An agent changes deals over MCP, a person changes some of them in the CRM, and an operator takes back what
/// the agent did with `./tollgate rollback`.
class RolledBackWritesTest {
    private static final String FIELD = "agent_suggested_next_step";
    private static final String[] WHO = {"--agent", "sales-copilot", "--by", "olivia", "--tenant", "acme"};

    private final GatewayUnderTest gateway;
    private final Store store;
    private final Human human;
    private final Commands commands;
    private final ExceptionQueue queue;
    private final List<String> deals;

    RolledBackWritesTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        human = new Human(store);
        commands = new Commands(data);
        queue = new ExceptionQueue(store, gateway.clock(), Property.random(13), QueueLimits.DEFAULT);
        deals = human.deals("usr_001", 3);
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private Commands.Result rollback(String... more) {
        String[] words = new String[1 + WHO.length + more.length];
        words[0] = "rollback";
        System.arraycopy(WHO, 0, words, 1, WHO.length);
        System.arraycopy(more, 0, words, 1 + WHO.length, more.length);
        return commands.run(words);
    }

    private void agentWrites(String deal, String value) {
        try (WireClient agent = gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"))) {
            WireClient.Reply reply = agent.call(
                    "opportunity_update", "{\"id\":\"" + deal + "\",\"values\":{\"" + FIELD + "\":\"" + value + "\"}}");
            assertThat(reply.passed()).as(reply.text()).isTrue();
        }
    }

    private List<ExceptionCase> cases() {
        return queue.list(new TenantId("acme"), Optional.empty(), Optional.empty(), 200)
                .items();
    }

    @Test
    @Requirement({"S4-21", "B-7", "S4-18"})
    void the_last_changes_of_an_agent_are_taken_back_and_a_later_human_edit_stays() {
        // Given
        List<Optional<String>> first =
                deals.stream().map(deal -> human.sees(deal, FIELD)).toList();
        deals.forEach(deal -> agentWrites(deal, "call on Monday"));
        agentWrites(deals.getFirst(), "call on Friday");
        human.writes(deals.getLast(), FIELD, "I have called already");

        // When
        Commands.Result looked = rollback("--last", "4");
        List<Optional<String>> afterLook =
                deals.stream().map(deal -> human.sees(deal, FIELD)).toList();
        Commands.Result done = rollback("--last", "4", "--apply", "--reason", "the prompt was wrong");
        long version = human.version(deals.getFirst());
        Commands.Result again = rollback("--last", "4", "--apply", "--reason", "to be sure");

        // Then
        assertThat(looked.err()).isEmpty();
        assertThat(looked.lines().getLast()).startsWith("preview ").endsWith(", 3 revertible, 1 edited");
        assertThat(afterLook)
                .containsExactly(
                        Optional.of("call on Friday"),
                        Optional.of("call on Monday"),
                        Optional.of("I have called already"));
        assertThat(done.lines().getLast()).startsWith("rollback ").endsWith(", 3 reverted, 1 edited");
        assertThat(human.sees(deals.get(0), FIELD)).isEqualTo(first.get(0));
        assertThat(human.sees(deals.get(1), FIELD)).isEqualTo(first.get(1));
        assertThat(human.sees(deals.get(2), FIELD)).contains("I have called already");
        assertThat(again.lines().getLast()).endsWith(", 3 already, 1 edited");
        assertThat(human.version(deals.getFirst())).isEqualTo(version);
        assertThat(cases()).singleElement().satisfies(one -> {
            assertThat(one.report().kind()).isEqualTo(ExceptionKind.ROLLBACK);
            assertThat(one.amount()).isEqualTo(1);
        });
    }

    @Test
    @Requirement({"S4-18", "S4-21"})
    void each_step_of_a_rollback_has_its_decision_token_and_entry_in_the_log() {
        // Given
        agentWrites(deals.getFirst(), "call on Monday");
        int before = LogEntries.of(gateway).all().size();

        // When
        Commands.Result done = rollback("--last", "1", "--apply", "--reason", "the prompt was wrong");

        // Then
        assertThat(done.code()).as(done.err()).isZero();
        List<JsonNode> entries = LogEntries.of(gateway).all();
        List<JsonNode> steps = entries.subList(before, entries.size());
        assertThat(steps)
                .extracting(entry -> entry.path("kind").asString(""))
                .containsExactly("administered", "examined", "decision", "outcome", "administered");
        assertThat(steps.get(2).at("/caller/agent").asString("")).isEqualTo("tollgate-rollback");
        assertThat(steps.get(2).at("/caller/user").asString("")).isEqualTo("olivia");
        assertThat(steps.get(2).at("/ruling/rules/0").asString("")).isEqualTo("rollback");
        assertThat(steps.get(3).at("/result").asString("")).isEqualTo("released");
        assertThat(steps.get(3).at("/token/accepted").asBoolean(false)).isTrue();
        assertThat(steps.get(3).at("/changed/0").asString("")).isEqualTo(FIELD);
        assertThat(steps.getLast().at("/detail/reverted").asString("")).isEqualTo("1");
        Commands.Result verified = commands.run("audit", "verify");
        assertThat(verified.out()).startsWith("sound").contains(" 0 without outcome");
    }

    @Test
    void a_rollback_of_nothing_or_of_everything_or_without_a_reason_is_refused_with_what_to_do() {
        // When
        Commands.Result nothing = rollback("--last", "5");
        Commands.Result everything = commands.run("rollback", "--by", "olivia", "--tenant", "acme");
        Commands.Result unsaid = rollback("--last", "5", "--apply");
        Commands.Result absurd = rollback("--last", "-3");

        // Then
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("no change matches: look at the journal");
        assertThat(everything.err()).contains("name an agent, a time, a rule or a task");
        assertThat(unsaid.err()).contains("`--apply` needs `--reason`");
        assertThat(absurd.err()).contains("1 to 10000 changes");
    }
}

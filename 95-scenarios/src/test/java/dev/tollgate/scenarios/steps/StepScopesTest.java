// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What each step of a task may do, and what must be completed before it.
class StepScopesTest {
    private static final String NEW = "\"email\":\"new@firm.example\"";
    private static final List<String> OWN = List.of("approval_status", "request_authorization");

    private final MovingClock clock = new MovingClock();
    private final GatewayUnderTest gateway;
    private final Store store;

    StepScopesTest(@TempDir Path data) {
        GatewayUnderTest.seed(data, clock, seeded -> Counter.plant(seeded, clock.instant()));
        gateway = GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private List<String> listed(String step) {
        try (WireClient agent = gateway.agent(Counter.token(step))) {
            return agent.tools().stream()
                    .map(tool -> tool.path("name").asString(""))
                    .filter(name -> !OWN.contains(name))
                    .toList();
        }
    }

    @Test
    @Requirement("S2-5")
    void each_step_lists_its_own_tools_and_any_other_is_refused_as_one_that_does_not_exist() {
        // When
        List<String> intake = listed("intake");
        List<String> verification = listed("verification");
        List<String> action = listed("action");
        String existing;
        String invented;
        try (WireClient agent = gateway.agent(Counter.token("intake"))) {
            existing = agent.call("contact_update", "{\"id\":\"con_steps\",\"values\":{" + NEW + "}}")
                    .wire();
            invented = agent.call("contact_upgrade", "{\"id\":\"con_steps\",\"values\":{" + NEW + "}}")
                    .wire();
        }

        // Then
        assertThat(intake).containsExactly("case_get", "contact_get", "contact_search");
        assertThat(verification).containsExactly("fraud_check", "verify_identity");
        assertThat(action).containsExactly("contact_update");
        assertThat(told(existing)).isEqualTo(told(invented)).doesNotContain("contact");
        assertThat(existing).contains("-32602");
        assertThat(Counter.email(store, Counter.CONTACT)).isEqualTo(Counter.EMAIL);
    }

    /// An answer without what every answer has of its own.
    private static String told(String wire) {
        return wire.substring(wire.indexOf('{')).replaceAll("\"id\":[0-9]+", "");
    }

    @Test
    @Requirement({"S2-5", "S2-10"})
    void an_address_changes_once_the_steps_before_are_completed_and_the_refusal_names_them() {
        // When
        WireClient.Reply early = Counter.change(gateway, Counter.token("action"), Counter.CONTACT, NEW);
        boolean who = Counter.verified(
                Counter.verify(gateway, Counter.token("verification"), Counter.CONTACT, Counter.RIGHT));
        WireClient.Reply half = Counter.change(gateway, Counter.token("action"), Counter.CONTACT, NEW);
        String meanwhile = Counter.email(store, Counter.CONTACT);
        boolean sound = Counter.verified(Counter.fraud(gateway, Counter.token("verification"), Counter.ACCOUNT));
        // Another session of the same task
        WireClient.Reply made =
                Counter.change(gateway, Counter.token("action").in("task-1", "later"), Counter.CONTACT, NEW);

        // Then
        assertThat(Counter.code(early)).isEqualTo("step_needed");
        assertThat(early.text())
                .contains("needs `fraud-check-passed`, `identity-verified` first", "complete step `verification`");
        assertThat(who && sound).isTrue();
        assertThat(half.text()).contains("needs `fraud-check-passed` first").doesNotContain("identity-verified");
        assertThat(meanwhile).isEqualTo(Counter.EMAIL);
        assertThat(made.passed()).as(made.text()).isTrue();
        assertThat(Counter.email(store, Counter.CONTACT)).isEqualTo("new@firm.example");
        logged();
    }

    /// The log tells what was missing, what was fulfilled, and on what the change rests.
    private void logged() {
        LogEntries log = LogEntries.of(gateway);
        List<JsonNode> decisions = log.of("decision").stream()
                .filter(entry -> entry.at("/call/tool").asString("").equals("contact_update"))
                .toList();
        assertThat(decisions)
                .extracting(entry -> entry.at("/ruling/outcome").asString("") + " "
                        + entry.at("/ruling/reason").asString("") + " "
                        + entry.at("/ruling/completed"))
                .containsExactly(
                        "deny step ",
                        "deny step [\"identity-verified\"]",
                        "permit permitted [\"fraud-check-passed\",\"identity-verified\"]");
        assertThat(decisions)
                .allMatch(entry -> entry.at("/caller/step").asString("").equals("action"));
        assertThat(log.of("outcome"))
                .extracting(entry -> entry.at("/returned/fulfilled").toString())
                .contains("[\"identity-verified\"]", "[\"fraud-check-passed\"]");
    }

    @Test
    @Requirement("S2-10")
    void what_one_person_was_verified_for_counts_for_that_person_task_and_time_and_for_nothing_else() {
        // Given
        Counter.pass(gateway, Counter.token("verification"));
        Ask.Token action = Counter.token("action");

        // When
        WireClient.Reply colleague = Counter.change(gateway, action, Counter.COLLEAGUE, NEW);
        WireClient.Reply elsewhere = Counter.change(gateway, action.in("task-2", "session-1"), Counter.CONTACT, NEW);
        WireClient.Reply otherCase = Counter.change(gateway, action.on("cas_000001"), Counter.CONTACT, NEW);
        WireClient.Reply customer = Counter.change(gateway, action.about(Counter.SUSPECT), Counter.STRANGER, NEW);
        clock.advance(Duration.ofMinutes(31));
        WireClient.Reply late = Counter.change(gateway, action, Counter.CONTACT, NEW);

        // Then
        assertThat(List.of(colleague, elsewhere, otherCase, customer, late))
                .extracting(Counter::code)
                .containsOnly("step_needed");
        assertThat(Counter.email(store, Counter.CONTACT)).isEqualTo(Counter.EMAIL);
        assertThat(Counter.email(store, Counter.COLLEAGUE)).isEqualTo("bo@firm.example");
    }

    @Test
    @Requirement("S2-5")
    void a_credential_is_for_one_step_and_lives_no_longer_than_the_step_lets_it() {
        // Given
        Ask.Token action = Counter.token("action");

        // When
        WireClient.Reply unnamed = Counter.change(gateway, Counter.token(""), Counter.CONTACT, NEW);
        WireClient.Reply unknown = Counter.change(gateway, Counter.token("refund"), Counter.CONTACT, NEW);
        WireClient.Reply lasting =
                Counter.change(gateway, action.lasting(Duration.ofSeconds(121)), Counter.CONTACT, NEW);
        WireClient.Reply stepless = Counter.change(
                gateway, Ask.as("support-triage", "bob", "look-around").at("action"), Counter.CONTACT, NEW);
        int soon = status(gateway, action, Duration.ofSeconds(119));
        int over = status(gateway, action, Duration.ofMinutes(2));

        // Then
        assertThat(List.of(unnamed, unknown, lasting, stepless))
                .extracting(reply -> reply.exchange().status())
                .containsOnly(401);
        assertThat(soon).isEqualTo(200);
        assertThat(over).isEqualTo(401);
    }

    /// How a token of a step is answered so much later.
    private int status(GatewayUnderTest node, Ask.Token token, Duration later) {
        try (WireClient agent = node.agent(token)) {
            clock.advance(later);
            return agent.call("contact_update", "{\"id\":\"con_steps\",\"values\":{" + NEW + "}}")
                    .exchange()
                    .status();
        }
    }

    @Test
    @Requirement("S2-5")
    void an_action_takes_the_fields_that_it_names_and_none_of_the_others_that_its_tool_has() {
        // Given
        Counter.pass(gateway, Counter.token("verification"));

        // When
        JsonNode values;
        try (WireClient agent = gateway.agent(Counter.token("action"))) {
            values = agent.tools().stream()
                    .filter(tool -> tool.path("name").asString("").equals("contact_update"))
                    .findFirst()
                    .orElseThrow()
                    .at("/inputSchema/properties/values/properties");
        }
        WireClient.Reply other =
                Counter.change(gateway, Counter.token("action"), Counter.CONTACT, "\"job_title\":\"CEO\"");
        WireClient.Reply both =
                Counter.change(gateway, Counter.token("action"), Counter.CONTACT, NEW + ",\"job_title\":\"CEO\"");

        // Then
        assertThat(values.propertyNames())
                .containsExactlyInAnyOrder(
                        "email", "phone", "mobile", "language", "preferred_channel", "marketing_consent");
        assertThat(List.of(other, both)).extracting(Counter::code).containsOnly("malformed");
        assertThat(Counter.email(store, Counter.CONTACT)).isEqualTo(Counter.EMAIL);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.auditors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An auditor follows a field to what an agent made of it, and what an agent made back to its fields.
class LineageTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CODE = "Your verification code is 482913. Do not share it.";

    /// The index follows the log; a question may come before it has caught up.
    private static final int ASKED_MAX = 50;

    private final MovingClock clock = new MovingClock();
    private GatewayUnderTest gateway;
    private Commands commands;

    @BeforeEach
    void start(@TempDir Path data) {
        GatewayUnderTest.seed(
                data, clock, store -> plant(new Plant(store, clock.instant().minus(Duration.ofDays(3)))));
        gateway = GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock);
        commands = new Commands(data);
    }

    private static void plant(Plant plant) {
        for (String account : List.of("acc_here", "acc_there")) {
            plant.record("account", account, Map.of("name", account, "status", "active"))
                    .record(
                            "case",
                            "cas_" + account,
                            Map.of("account_id", account, "status", "open", "incident_summary", CODE));
        }
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private WireClient.Reply call(String customer, String session, String tool, String arguments) {
        Ask.Token token = Ask.as("support-triage", "bob", "support-triage").with("crm:case:read", "crm:case:write");
        try (WireClient agent = gateway.agent(new Ask.Token(
                token.agent(),
                token.user(),
                token.workflow(),
                customer,
                token.scopes(),
                "task of " + session,
                session,
                token.life()))) {
            return agent.call(tool, arguments);
        }
    }

    private WireClient.Reply read(String customer, String session) {
        return call(
                customer,
                session,
                "case_get",
                "{\"id\":\"cas_" + customer + "\",\"fields\":[\"id\",\"incident_summary\"]}");
    }

    private WireClient.Reply draft(String customer, String session) {
        return call(
                customer,
                session,
                "case_update",
                "{\"id\":\"cas_" + customer
                        + "\",\"values\":{\"customer_message_draft\":\"We have sent a new parcel today.\"}}");
    }

    private static String request(WireClient.Reply reply) {
        return reply.exchange().headers().getOrDefault("x-request-id", "none");
    }

    /// Asks until the answer holds a word: the index is a moment behind.
    private List<JsonNode> ask(String holding, String... words) {
        List<String> command = new ArrayList<>(List.of("audit", "ask"));
        command.addAll(List.of(words));
        List<String> lines = List.of();
        for (int asked = 0; asked < ASKED_MAX && !String.join("", lines).contains(holding); asked++) {
            lines = commands.run(command.toArray(String[]::new)).lines();
        }
        return lines.stream()
                .filter(line -> line.startsWith("{"))
                .map(JSON::readTree)
                .toList();
    }

    private static Stream<String> requests(JsonNode items) {
        return items.values().stream().map(item -> item.path("request").asString(""));
    }

    @Test
    @Requirement({"S0-25", "S0-26"})
    void what_may_be_in_a_draft_are_the_fields_that_were_shown_of_its_customer_and_how() {
        // Given
        WireClient.Reply here = read("acc_here", "monday");
        WireClient.Reply there = read("acc_there", "tuesday");
        WireClient.Reply draft = draft("acc_here", "wednesday");
        assertThat(draft.passed()).as(draft.text()).isTrue();

        // When
        JsonNode made = ask(request(here), "--message", request(draft)).getFirst();

        // Then
        assertThat(made.at("/artifact/tool").asString("")).isEqualTo("case_update");
        assertThat(requests(made.path("sources"))).contains(request(here)).doesNotContain(request(there));
        JsonNode source = made.path("sources").get(0);
        assertThat(source.path("record").asString("")).isEqualTo("cas_acc_here");
        JsonNode summary = source.path("fields").values().stream()
                .filter(field -> field.path("field").asString("").equals("incident_summary"))
                .findFirst()
                .orElseThrow();
        assertThat(summary.path("view").asString("")).isEqualTo("clear");
        assertThat(summary.path("done").values().stream().map(JsonNode::asString))
                .containsExactly("removed:otp");
        assertThat(made.toString()).doesNotContain("482913").doesNotContain("new parcel");
    }

    @Test
    @Requirement("S0-25")
    void a_field_is_followed_to_what_was_made_after_it_was_shown() {
        // Given
        WireClient.Reply before = draft("acc_here", "sunday");
        WireClient.Reply shown = read("acc_here", "monday");
        WireClient.Reply after = draft("acc_here", "wednesday");
        WireClient.Reply other = draft("acc_there", "thursday");
        String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();

        // When
        List<JsonNode> gone =
                ask(request(after), "--customer", "acc_here", "--field", "incident_summary", "--date", today);

        // Then
        JsonNode line = gone.stream()
                .filter(one -> one.at("/shown/request").asString("").equals(request(shown)))
                .findFirst()
                .orElseThrow();
        assertThat(requests(line.path("artifacts")))
                .containsExactly(request(after))
                .doesNotContain(request(before), request(other));
    }

    @Test
    void a_call_that_nobody_made_has_no_lineage() {
        assertThat(commands.run("audit", "ask", "--message", "no-such-request").code())
                .isEqualTo(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.auditors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditQuestionsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TOKEN = "dev.tollgate/decision-token";

    /// The index follows the log; a question may come before it has caught up.
    private static final int ASKED_MAX = 20;

    private final GatewayUnderTest gateway;
    private final Commands commands;

    AuditQuestionsTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        commands = new Commands(data);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private WireClient agent(String agent, String user, String workflow, String... scopes) {
        return gateway.agent(Ask.as(agent, user, workflow).with(scopes));
    }

    private List<JsonNode> ask(int linesMin, String... words) {
        List<String> command = new ArrayList<>(List.of("audit", "ask"));
        command.addAll(List.of(words));
        List<String> lines = List.of();
        for (int asked = 0; asked < ASKED_MAX && lines.size() < linesMin; asked++) {
            lines = commands.run(command.toArray(String[]::new)).lines();
        }
        return lines.stream().map(JSON::readTree).toList();
    }

    private String today() {
        return LocalDate.ofInstant(gateway.clock().instant(), ZoneOffset.UTC).toString();
    }

    private static Map<String, String> shown(JsonNode record) {
        Map<String, String> shown = new TreeMap<>();
        record.path("tags")
                .properties()
                .forEach(tag -> shown.put(
                        tag.getKey(),
                        tag.getValue().path("view").asString("") + " by "
                                + tag.getValue().path("rule").asString("")));
        return shown;
    }

    private static Map<String, String> answered(JsonNode line) {
        Map<String, String> shown = new TreeMap<>();
        line.path("fields")
                .forEach(field -> shown.put(
                        field.path("field").asString(""),
                        field.path("view").asString("") + " by "
                                + field.path("rules").path(0).asString("")));
        return shown;
    }

    @Test
    @Requirement({"S0-27", "S0-8", "S0-26"})
    void which_fields_were_accessed_for_this_customer_on_this_date() {
        try (WireClient sales = agent("sales-copilot", "alice", "prepare-sales-call", "crm:account:read");
                WireClient analyst = agent("analyst", "erin", "review-billing", "crm:account:read")) {
            // Given two agents that read the customer, one that is refused, and a read of another customer
            String one =
                    "{\"id\":\"acc_000002\",\"fields\":[\"name\",\"status\",\"vat_number\",\"outstanding_balance\"]}";
            WireClient.Reply first = sales.call("account_get", one);
            WireClient.Reply second = analyst.call("account_get", one);
            WireClient.Reply refused =
                    sales.call("account_get", "{\"id\":\"acc_000002\",\"fields\":[\"outstanding_balance\"]}");
            sales.call("account_get", "{\"id\":\"acc_000003\",\"fields\":[\"name\"]}");

            // When
            List<JsonNode> lines = ask(3, "--customer", "acc_000002", "--date", today());
            List<JsonNode> yesterday = ask(0, "--customer", "acc_000002", "--date", "2020-02-02");

            // Then the answer is what crossed the wire, field by field
            assertThat(lines)
                    .extracting(line -> line.path("agent").asString(""))
                    .startsWith("sales-copilot", "analyst");
            assertThat(answered(lines.get(0)))
                    .isEqualTo(shown(first.structured().path("records").path(0)))
                    .hasSize(4);
            assertThat(answered(lines.get(1)))
                    .isEqualTo(shown(second.structured().path("records").path(0)))
                    .isNotEqualTo(answered(lines.get(0)));
            assertThat(refused.structured()
                            .path("records")
                            .path(0)
                            .path("values")
                            .has("outstanding_balance"))
                    .isFalse();
            assertThat(lines).hasSize(3).allMatch(line -> line.path("proven").asBoolean(false));
            assertThat(lines.get(0).path("user").asString("")).isEqualTo("alice");
            assertThat(lines.get(0).path("intent").asString("")).isEqualTo("prepare-sales-call");
            assertThat(yesterday).isEmpty();
        }
    }

    @Test
    @Requirement({"S1-26", "S4-17"})
    void every_action_of_this_agent_for_this_user_between_these_times() {
        try (WireClient support =
                        agent("support-triage", "carol", "support-triage", "crm:case:read", "crm:account:read");
                WireClient other = agent("support-triage", "bob", "support-triage", "crm:case:read")) {
            // Given
            String before = gateway.clock().instant().toString();
            support.call("account_get", "{\"id\":\"acc_000001\",\"fields\":[\"name\"]}");
            support.call("invoice_search", "{}");
            support.call("case_search", "{\"limit\":3,\"fields\":[\"number\",\"status\"]}");
            support.call("account_get", "{\"id\":\"acc_999999\",\"fields\":[\"name\"]}");
            other.call("case_search", "{\"limit\":3,\"fields\":[\"number\"]}");
            String after = gateway.clock().instant().plusMillis(1).toString();
            gateway.clock().advance(Duration.ofMillis(3)); // entries tell the millisecond
            support.call("case_count", "{}");

            // When
            List<JsonNode> lines =
                    ask(4, "--agent", "support-triage", "--user", "carol", "--from", before, "--to", after);

            // Then refused ones are told too, in order, and nothing of another person or another time
            assertThat(lines)
                    .extracting(line -> line.path("tool").asString("") + " "
                            + line.path("result").asString("none"))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("account_get released"),
                            line -> assertThat(line).matches("invoice_search (?!released).*"),
                            line -> assertThat(line).isEqualTo("case_search released"),
                            line -> assertThat(line).startsWith("account_get ").doesNotContain("released"));
            assertThat(ask(5, "--agent", "support-triage", "--user", "carol")).hasSize(5);
        }
    }

    @Test
    @Requirement({"S0-24", "S1-25", "S2-16", "S1-7", "S1-1", "S0-4", "S0-12", "S2-21"})
    void an_entry_says_who_asked_what_for_whom_and_under_which_rules() {
        try (WireClient sales = agent("sales-copilot", "alice", "prepare-sales-call", "crm:contact:read");
                WireClient lead = agent("support-triage", "carol", "review-incident", "crm:case:read")) {
            // Given and when
            String trace = "0af7651916cd43dd8448eb211c80319c";
            WireClient.Reply reply = sales.call(
                    "contact_get",
                    "{\"id\":\"con_000001\",\"fields\":[\"name\",\"email\",\"birth_date\"]}",
                    Map.of(
                            "dev.tollgate/model",
                                    "{\"version\":\"m-7\",\"promptHash\":\"sha256:aa\","
                                            + "\"outputHash\":\"sha256:bb\"}",
                            "traceparent", "\"00-" + trace + "-b7ad6b7169203331-01\""));
            lead.call("case_search", "{\"limit\":1,\"fields\":[\"number\"]}");
            JsonNode told = reply.structured().path("decision");
            assertThat(reply.passed()).as(reply.text() + reply.message()).isTrue();
            List<JsonNode> log = LogEntries.of(gateway).all();
            JsonNode decision = log.get(told.path("log_index").asInt(-1));
            JsonNode outcome = log.stream()
                    .filter(entry -> entry.path("decision_index").asInt(-1)
                            == told.path("log_index").asInt(-2))
                    .findFirst()
                    .orElseThrow();

            // Then
            assertThat(decision.path("caller").toString())
                    .contains("\"agent\":\"sales-copilot\"", "\"user\":\"alice\"", "\"tenant\":\"acme\"")
                    .contains("\"roles\":[\"sales-rep\"]", "\"session\":\"session-1\"", "\"task\":\"task-1\"")
                    .contains("\"workflow\":\"prepare-sales-call\"", "\"intent\":\"prepare-sales-call\"");
            assertThat(decision.path("call").toString())
                    .contains(
                            "\"tool\":\"contact_get\"",
                            "\"scopes\":[\"crm:contact:read\"]",
                            "\"destination\":\"agent\"")
                    .contains("\"fields\":[\"name\",\"email\",\"birth_date\"]", "\"model\":\"m-7\"")
                    .contains("\"prompt_hash\":\"sha256:aa\"", "\"output_hash\":\"sha256:bb\"", trace)
                    .contains("contact-detail", "direct-identifier", "person-name");
            assertThat(decision.path("ruling").path("outcome").asString("")).isEqualTo("permit");
            assertThat(decision.path("ruling").path("policy").asString("")).startsWith("sha256:");
            assertThat(decision.path("ruling").path("reason").asString("")).isNotEmpty();
            assertThat(decision.path("ruling").path("verdicts"))
                    .hasSize(4)
                    .allMatch(field -> field.path("rules").size() > 0);
            assertThat(decision.path("risk").isMissingNode()).isFalse();
            assertThat(outcome.path("result").asString("")).isEqualTo("released");
            assertThat(outcome.path("returned").toString()).contains("masked", "withheld");
            assertThat(decision.toString() + outcome).doesNotContain("con_000001");
            assertThat(LogEntries.of(gateway).of("decision"))
                    .anyMatch(entry ->
                            entry.path("caller").path("audiences").toString().contains("incident-review"));
        }
    }

    @Test
    @Requirement({"S3-7", "S3-14"})
    void what_was_the_agent_authorised_to_do_is_what_the_token_said() {
        try (WireClient sales = agent("sales-copilot", "alice", "prepare-sales-call", "crm:account:read")) {
            // Given a token that is presented twice
            String call = "{\"id\":\"acc_000004\",\"fields\":[\"name\",\"vat_number\"]}";
            JsonNode envelope = sales.call(
                            "request_authorization", "{\"tool\":\"account_get\",\"arguments\":" + call + "}")
                    .structured();
            String jws = envelope.path("token").asString("");
            JsonNode claims = JSON.readTree(
                    java.util.Base64.getUrlDecoder().decode(jws.substring(jws.indexOf('.') + 1, jws.lastIndexOf('.'))));
            sales.call("account_get", call, Map.of(TOKEN, "\"" + jws + "\""));
            sales.call("account_get", call, Map.of(TOKEN, "\"" + jws + "\""));

            // When
            JsonNode answer = ask(1, "--decision", envelope.path("decision_id").asString(""))
                    .getFirst();

            // Then
            JsonNode token = answer.path("token").path("token");
            JsonNode detail = claims.path("authorization_details").path(0);
            assertThat(answer.path("policy"))
                    .isEqualTo(claims.path("policy"))
                    .isEqualTo(envelope.path("policy_version"));
            assertThat(token.path("id")).isEqualTo(claims.path("jti"));
            assertThat(token.path("fields")).isEqualTo(detail.path("fields"));
            assertThat(token.path("object")).isEqualTo(detail.path("object"));
            assertThat(token.path("verb")).isEqualTo(detail.path("verb"));
            assertThat(token.path("destination")).isEqualTo(detail.path("destination"));
            assertThat(answer.path("decision").path("ruling").path("decision")).isEqualTo(claims.path("txn"));
            assertThat(LogEntries.of(gateway).of("outcome"))
                    .extracting(entry -> entry.path("token"))
                    .filteredOn(used -> used.path("id").equals(claims.path("jti")))
                    .extracting(used -> used.path("presented") + " " + used.path("accepted"))
                    .containsExactly("true true", "true false");
        }
    }

    @Test
    @Requirement("S2-22")
    void a_denial_is_logged_and_tells_the_agent_and_the_log_nothing_of_the_value() {
        try (WireClient sales = agent("sales-copilot", "alice", "prepare-sales-call", "crm:account:read")) {
            // When
            String probe = "DE89370400440532013000";
            WireClient.Reply denied = sales.call(
                    "account_search",
                    "{\"where\":[{\"field\":\"vat_number\",\"comparison\":\"equals\",\"value\":\"" + probe + "\"}]}");

            // Then
            List<String> log = LogEntries.of(gateway).texts();
            assertThat(denied.passed()).isFalse();
            assertThat(denied.wire()).doesNotContain(probe);
            assertThat(log).noneMatch(entry -> entry.contains(probe));
            assertThat(log)
                    .anyMatch(entry ->
                            entry.contains("\"probed\":[\"vat_number\"]") && entry.contains("\"outcome\":\"deny\""));
        }
    }

    @Test
    @Requirement("B-9")
    void what_is_erased_is_gone_and_the_log_still_verifies() {
        try (WireClient sales = agent("sales-copilot", "alice", "prepare-sales-call", "crm:account:read")) {
            // Given
            sales.call("account_get", "{\"id\":\"acc_000006\",\"fields\":[\"name\"]}");
            sales.call("account_get", "{\"id\":\"acc_000007\",\"fields\":[\"name\"]}");
            assertThat(ask(1, "--customer", "acc_000006", "--date", today())).isNotEmpty();
            int before = LogEntries.of(gateway).texts().size();

            // When
            Commands.Result erased = commands.run("audit", "erase", "--customer", "acc_000006", "--by", "olivia");

            // Then
            Commands.Result verified = commands.run("audit", "verify");
            assertThat(erased.out()).doesNotContain("\"erased\":0");
            assertThat(verified.code()).as(verified.out()).isZero();
            assertThat(verified.out()).startsWith("sound").doesNotContain(" 0 erased");
            assertThat(ask(0, "--customer", "acc_000006", "--date", today())).isEmpty();
            assertThat(ask(1, "--customer", "acc_000007", "--date", today())).isNotEmpty();
            assertThat(LogEntries.of(gateway).texts().size()).isGreaterThanOrEqualTo(before);
        }
    }
}

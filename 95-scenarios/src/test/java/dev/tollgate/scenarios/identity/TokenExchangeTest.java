// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agents of the example bundle ask for tokens and use them.
final class TokenExchangeTest {
    private final GatewayUnderTest gateway;
    private final TokenDesk desk;
    private final Path folder;

    TokenExchangeTest(@TempDir Path data, @TempDir Path folder) {
        this.folder = folder;
        gateway = GatewayUnderTest.start(data);
        desk = new TokenDesk(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Requirement({"S1-3", "S1-4", "S1-5", "S1-7"})
    @Test
    void an_agent_that_proves_itself_and_its_person_gets_a_token_that_names_both() {
        Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
        form.put("scope", "crm:account:read crm:contact:read");
        form.put("task", "run-7");
        form.put("request", "What is new at Lovelace Ltd?");

        TokenDesk.Answer answer = desk.ask(form);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.exchange().headers())
                .containsEntry("cache-control", "no-store")
                .containsEntry("pragma", "no-cache");
        assertThat(answer.body().path("token_type").asString("")).isEqualTo("Bearer");
        assertThat(answer.body().path("issued_token_type").asString("")).isEqualTo(TokenDesk.TYPES + "access_token");
        assertThat(answer.scopes()).containsExactly("crm:account:read", "crm:contact:read");
        JsonNode claims = answer.claims();
        assertThat(claims.path("sub").asString("")).isEqualTo("alice");
        assertThat(claims.path("act").path("sub").asString("")).isEqualTo("sales-copilot");
        assertThat(claims.path("workflow").asString("")).isEqualTo("prepare-sales-call");
        assertThat(claims.path("request").asString("")).isEqualTo("What is new at Lovelace Ltd?");
        assertThat(claims.path("att").asLong(0))
                .isBetween(
                        gateway.clock().instant().getEpochSecond() - 60,
                        gateway.clock().instant().getEpochSecond());
        // A person's proof lives 5 minutes here, and no token outlives it.
        assertThat(answer.body().path("expires_in").asInt(0)).isBetween(1, 300);
        assertThat(desk.called(answer.token(), "account_search", "{\"limit\":1}"))
                .doesNotContain("\"error\"");
    }

    @Requirement("S1-9")
    @Test
    void without_e_mail_business_no_e_mail_scope_is_issued_and_there_is_no_e_mail_tool() {
        String wish = "crm:account:read crm:contact:read email:message:send";

        TokenDesk.Answer prepares = desk.ask("sales-copilot", "alice", "prepare-sales-call", wish);

        assertThat(prepares.scopes()).containsExactly("crm:account:read", "crm:contact:read");
        assertThat(prepares.claims().path("scope").asString("")).doesNotContain("email");
        assertThat(desk.tools(prepares.token())).contains("account_search").doesNotContain("mail_send");
        String mail = desk.called(
                prepares.token(),
                "mail_send",
                "{\"values\":{\"to\":[\"ada@engines.example\"],\"subject\":\"hello\",\"body\":\"hello\"}}");
        String nothing = desk.called(prepares.token(), "no_such_tool", "{\"values\":{}}");
        assertThat(mail.replace("mail_send", "no_such_tool").replaceAll("\"id\":\\d+", ""))
                .as("as a tool that does not exist")
                .isEqualTo(nothing.replaceAll("\"id\":\\d+", ""));
        assertThat(desk.ask("sales-copilot", "alice", "prepare-sales-call", "email:message:send")
                        .error())
                .isEqualTo("invalid_scope");
        assertThat(desk.ask("sales-copilot", "alice", "reach-out", wish).scopes())
                .as("where e-mail is the business")
                .contains("email:message:send");
    }

    @Requirement({"S2-5", "S1-5"})
    @Test
    void a_token_of_a_step_opens_what_the_step_needs_for_as_long_as_the_step_says() {
        Map<String, String> form = desk.form("support-triage", "bob", "answer-case");
        form.put("customer", "acc_000001");
        form.put("step", "intake");

        TokenDesk.Answer intake = desk.ask(form);

        assertThat(intake.status()).as(intake.exchange().wire()).isEqualTo(200);
        assertThat(intake.scopes()).containsExactly("crm:case:read");
        assertThat(intake.claims().path("step").asString("")).isEqualTo("intake");
        form.put("step", "action");
        form.put("actor_token", desk.agent("support-triage"));
        TokenDesk.Answer action = desk.ask(form);
        assertThat(action.body().path("expires_in").asInt(0)).isBetween(1, 120);
        form.remove("step");
        form.put("actor_token", desk.agent("support-triage"));
        assertThat(desk.ask(form).status()).as("no step").isEqualTo(400);
    }

    @Requirement({"S1-4", "S1-5", "S4-10"})
    @Test
    void scopes_are_what_the_agent_and_the_person_and_the_task_have_in_common() {
        assertThat(desk.ask("sales-copilot", "alice", "maintain-deals", "crm:*:write crm:*:read")
                        .scopes())
                .as("the record lets it write a person's own deals only, and the workflow reads no contacts")
                .contains("crm:opportunity:write:owned", "crm:opportunity:read", "crm:account:read")
                .doesNotContain("crm:opportunity:write", "crm:contact:read", "crm:contact:write", "crm:*:read");
        assertThat(desk.ask("sales-copilot", "alice", "maintain-deals", "crm:invoice:read")
                        .error())
                .as("an agent that has no business with invoices")
                .isEqualTo("invalid_scope");
        assertThat(desk.ask("delivery-assistant", "bob", "respond-delivery-status", "crm:order:read")
                        .error())
                .as("a task about one customer that names none reaches nothing")
                .isEqualTo("invalid_scope");
        assertThat(desk.ask("sales-copilot", "bob", "prepare-sales-call", "crm:account:read")
                        .error())
                .as("an agent of sales for somebody of support")
                .isEqualTo("invalid_grant");
        assertThat(desk.ask("sales-copilot", "alice", "review-billing", "crm:account:read")
                        .error())
                .as("a workflow of another agent")
                .isEqualTo("invalid_grant");
        assertThat(desk.ask("sales-copilot", "nobody", "prepare-sales-call", "crm:account:read")
                        .error())
                .isEqualTo("invalid_grant");
    }

    @Requirement("S1-4")
    @Test
    void no_token_lasts_longer_than_the_record_says() {
        Map<String, String> form = desk.form("delivery-assistant", "bob", "respond-delivery-status");
        form.put("customer", "acc_000003");

        TokenDesk.Answer answer = desk.ask(form);

        assertThat(answer.scopes()).containsExactly("crm:article:read", "crm:order:read");
        assertThat(answer.body().path("expires_in").asInt(0)).isLessThanOrEqualTo(300);
        assertThat(desk.tools(answer.token())).contains("order_search");
        gateway.clock().advance(Duration.ofMinutes(5));
        assertThat(desk.called(answer.token(), "order_search", "{\"limit\":1}")).doesNotContain("ord_");
    }

    @Requirement({"S1-4", "S1-7"})
    @Test
    void a_task_that_is_handed_on_only_narrows_and_names_the_whole_chain() {
        String first = desk.ask(
                        "sales-copilot", "alice", "reach-out", "crm:account:read crm:contact:read email:message:send")
                .token();
        Map<String, String> form = desk.handOn(first, "outreach-agent");
        form.put("scope", "crm:contact:read crm:opportunity:read");

        TokenDesk.Answer second = desk.ask(form);

        assertThat(second.scopes()).containsExactly("crm:contact:read");
        JsonNode claims = second.claims();
        assertThat(claims.path("sub").asString("")).isEqualTo("alice");
        assertThat(claims.path("act").path("sub").asString("")).isEqualTo("outreach-agent");
        assertThat(claims.path("act").path("act").path("sub").asString("")).isEqualTo("sales-copilot");
        assertThat(claims.path("task").asString(""))
                .isEqualTo(second.body().path("task").asString("?"));
        assertThat(desk.tools(second.token())).contains("contact_search").doesNotContain("mail_send", "account_search");
        Map<String, String> wider = desk.handOn(second.token(), "sales-copilot");
        assertThat(desk.ask(wider).error()).as("a circle").isEqualTo("invalid_grant");
        Map<String, String> elsewhere = desk.handOn(first, "outreach-agent");
        elsewhere.put("workflow", "prepare-sales-call");
        assertThat(desk.ask(elsewhere).error()).as("another task").isEqualTo("invalid_request");
        assertThat(desk.ask(desk.handOn(first, "analyst")).error())
                .as("an agent that does not serve this person")
                .isIn("invalid_grant", "invalid_scope");
        gateway.clock().advance(Duration.ofSeconds(301));
        assertThat(desk.ask(desk.handOn(first, "outreach-agent")).error())
                .as("an expired one")
                .isEqualTo("invalid_grant");
    }

    @Requirement("S0-15")
    @Test
    void a_proof_of_the_local_trust_domain_is_taken_once() {
        Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
        assertThat(desk.ask(form).status()).isEqualTo(200);

        TokenDesk.Answer again = desk.ask(form);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.error()).isEqualTo("invalid_client");
    }

    @Requirement({"S1-7", "S2-2"})
    @Test
    void neither_passes_for_the_other() {
        Map<String, String> swapped = desk.form("sales-copilot", "alice", "prepare-sales-call");
        swapped.put("actor_token", desk.person("alice"));
        Map<String, String> alone = desk.form("sales-copilot", "alice", "prepare-sales-call");
        alone.put("subject_token", desk.agent("sales-copilot"));
        String held = desk.ask(desk.form("sales-copilot", "alice", "prepare-sales-call"))
                .token();
        Map<String, String> bearer = desk.form("sales-copilot", "alice", "prepare-sales-call");
        bearer.put("actor_token", held);

        assertThat(desk.ask(swapped).error()).as("a person as an agent").isEqualTo("invalid_client");
        assertThat(desk.ask(alone).error()).as("an agent as a person").isEqualTo("invalid_grant");
        assertThat(desk.ask(bearer).error()).as("a bearer token as a proof").isEqualTo("invalid_client");
        assertThat(desk.called(desk.agent("sales-copilot"), "account_search", "{}"))
                .as("a proof as a bearer token")
                .isNotEmpty()
                .doesNotContain("acc_");
    }

    @Requirement({"S1-7", "S0-8", "S3-7"})
    @Test
    void every_token_is_in_the_log_with_both_identities_and_never_itself() {
        TokenDesk.Answer answer = desk.ask("sales-copilot", "alice", "prepare-sales-call", "crm:account:read");
        desk.ask("sales-copilot", "bob", "prepare-sales-call", "crm:account:read");

        List<JsonNode> entries = LogEntries.of(gateway).all();
        JsonNode issued = entries.stream()
                .filter(entry -> entry.path("event").asString("").equals("delegated"))
                .findFirst()
                .orElseThrow();
        assertThat(issued.path("by").asString("")).isEqualTo("sales-copilot");
        JsonNode detail = issued.path("detail");
        assertThat(detail.path("user").asString("")).isEqualTo("alice");
        assertThat(detail.path("scopes").asString("")).isEqualTo("crm:account:read");
        assertThat(detail.path("proof").asString("")).isEqualTo("local");
        assertThat(detail.path("token").asString(""))
                .isEqualTo(answer.claims().path("jti").asString("?"));
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("tool").asString("")).isEqualTo("oauth_token");
            assertThat(entry.path("detail").asString("")).isEqualTo("invalid_grant not-served for sales-copilot");
        });
        assertThat(entries.toString())
                .doesNotContain(answer.token(), answer.token().split("\\.", -1)[2]);
    }

    @Requirement({"S1-31", "S0-15"})
    @Test
    void a_new_token_makes_no_old_proof_younger() {
        // Given
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .replace("verification.yaml", "every_actions: 10000", "every_actions: 10000\n    proof_seconds: 120");
        MovingClock clock = new MovingClock();
        try (GatewayUnderTest strict = GatewayUnderTest.start(
                GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("strict")), bundle), clock)) {
            TokenDesk here = new TokenDesk(strict);
            Map<String, String> form = here.form("sales-copilot", "alice", "prepare-sales-call");
            clock.advance(Duration.ofSeconds(100));
            String token = here.ask(form).token();
            String one = "{\"id\":\"acc_000001\",\"fields\":[\"name\"]}";

            // When
            String before = here.called(token, "account_get", one);
            clock.advance(Duration.ofSeconds(30));
            String after = here.called(token, "account_get", one);

            // Then
            assertThat(before).contains("decision").doesNotContain("proof_needed");
            assertThat(after).contains("proof_needed").doesNotContain("decision");
        }
    }

    @Requirement("S1-3")
    @Test
    void a_task_goes_on_under_its_name_and_nobody_else_goes_on_with_it() {
        Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
        form.put("task", "run-7");
        String task = desk.ask(form).body().path("task").asString("");
        form.put("actor_token", desk.agent("sales-copilot"));
        Map<String, String> other = desk.form("outreach-agent", "alice", "reach-out");
        other.put("task", "run-7");
        Map<String, String> guessed = desk.form("outreach-agent", "alice", "reach-out");
        guessed.put("task", task);

        assertThat(task).startsWith("run-7.");
        assertThat(desk.ask(form).body().path("task").asString("")).isEqualTo(task);
        assertThat(Set.of(task))
                .doesNotContain(
                        desk.ask(other).body().path("task").asString(""),
                        desk.ask(guessed).body().path("task").asString(""));
    }
}

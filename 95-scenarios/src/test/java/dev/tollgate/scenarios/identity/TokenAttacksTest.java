// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Everything that thieves, forgers and broken clients send to the token endpoint, from a table; each with its exact
/// refusal.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAttacksTest {
    private static final String AGENT = "spiffe://crm.example/agents/sales-copilot";
    private static final int COLUMNS = 6;

    private final GatewayUnderTest gateway;
    private final TokenDesk desk;
    private final LocalForger forger;

    TokenAttacksTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        desk = new TokenDesk(gateway);
        forger = new LocalForger(data);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /// One line of the table.
    private record Attack(String part, String what, String edits, String signature, String error, String logged) {
        static List<Attack> all() throws IOException {
            try (InputStream in =
                    Objects.requireNonNull(TokenAttacksTest.class.getResourceAsStream("token-attacks.tsv"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t", -1))
                        .map(part -> {
                            assertThat(part).hasSize(COLUMNS);
                            return new Attack(part[0], part[1], part[2], part[3], part[4], part[5]);
                        })
                        .toList();
            }
        }

        int status() {
            return error.equals("invalid_client") ? 401 : 400;
        }
    }

    private Map<String, String> good() {
        return desk.form("sales-copilot", "alice", "prepare-sales-call");
    }

    private Map<String, String> form(Attack attack) {
        Map<String, String> form = good();
        switch (attack.part()) {
            case "actor" ->
                form.put(
                        "actor_token",
                        forger.proof(
                                "JWT",
                                AGENT,
                                attack.edits(),
                                attack.signature(),
                                gateway.clock().instant()));
            case "subject" ->
                form.put(
                        "subject_token",
                        forger.proof(
                                "person+jwt",
                                "alice",
                                attack.edits(),
                                attack.signature(),
                                gateway.clock().instant()));
            case "form" -> {
                if (attack.edits().startsWith("-")) {
                    form.remove(attack.edits().substring(1));
                } else {
                    form.put(attack.edits().split("=", 2)[0], attack.edits().split("=", 2)[1]);
                }
            }
            default -> throw new IllegalArgumentException(attack.part());
        }
        return form;
    }

    private List<String> logged() {
        return LogEntries.of(gateway).of("refused").stream()
                .filter(entry -> entry.path("tool").asString("").equals("oauth_token"))
                .map(entry -> entry.path("detail").asString(""))
                .toList();
    }

    @Test
    @Requirement({"S2-22", "S0-15", "S1-4", "S2-2"})
    void every_attack_hears_its_exact_refusal_and_the_log_alone_knows_why() throws IOException {
        // Given
        List<Attack> attacks = Attack.all();
        SoftAssertions softly = new SoftAssertions();

        for (Attack attack : attacks) {
            String what = attack.part() + ": " + attack.what();
            int before = logged().size();

            // When
            TokenDesk.Answer answer = desk.ask(form(attack));

            // Then
            softly.assertThat(answer.error()).as(what).isEqualTo(attack.error());
            softly.assertThat(answer.status()).as(what).isEqualTo(attack.status());
            softly.assertThat(answer.token()).as(what).isEmpty();
            List<String> entries = logged();
            List<String> words = entries.subList(before, entries.size()).stream()
                    .map(text -> text.split(" ", -1)[1])
                    .toList();
            softly.assertThat(words)
                    .as(what)
                    .isEqualTo(attack.logged().equals("-") ? List.of() : List.of(attack.logged()));
            softly.assertThat(answer.exchange().text()).as(what).doesNotContain("alice", "crm.example", "forged");
            // The log takes so many lines of strangers a second.
            gateway.clock().advance(Duration.ofSeconds(1));
        }
        softly.assertAll();
        assertThat(attacks).hasSizeGreaterThan(120);
        assertThat(desk.ask(good()).status()).as("none of it used anything up").isEqualTo(200);
    }

    @Test
    @Requirement("S2-22")
    void what_is_wrong_with_a_proof_is_told_in_the_same_words() throws IOException {
        List<String> told = Attack.all().stream()
                .filter(attack -> attack.part().equals("actor"))
                .map(attack -> desk.ask(form(attack)))
                .map(answer -> answer.body().toString())
                .distinct()
                .toList();
        assertThat(told).hasSize(1);
    }

    private String held(String agent, String workflow, String scope) {
        return desk.ask(agent, "alice", workflow, scope).token();
    }

    @Test
    @Requirement({"S1-4", "S1-7", "S0-15"})
    void nobody_hands_on_what_is_not_theirs_to_hand_on() {
        // Given
        String token = held("sales-copilot", "reach-out", "crm:account:read crm:contact:read");
        String second = desk.ask(desk.handOn(token, "outreach-agent")).token();
        String[] parts = token.split("\\.", -1);
        Map<String, String> other = desk.handOn(token, "outreach-agent");
        other.put("workflow", "look-around");
        Map<String, String> wider = desk.handOn(token, "outreach-agent");
        wider.put("scope", "email:message:send");
        Map<String, String> customer = desk.handOn(token, "outreach-agent");
        customer.put("customer", "acc_000002");
        String expired = held("sales-copilot", "reach-out", "crm:contact:read");

        // When
        List<String> errors = Stream.of(
                        desk.handOn(second, "sales-copilot"),
                        desk.handOn(second, "outreach-agent"),
                        desk.handOn(token, "sales-copilot"),
                        desk.handOn(token, "analyst"),
                        other,
                        customer,
                        wider,
                        desk.handOn(parts[0] + "." + parts[1] + "." + parts[2].substring(1) + "A", "outreach-agent"),
                        desk.handOn(parts[0] + "." + parts[1] + ".", "outreach-agent"))
                .map(form -> desk.ask(form).error())
                .toList();
        gateway.clock().advance(Duration.ofSeconds(301));
        String late = desk.ask(desk.handOn(expired, "outreach-agent")).error();

        // Then
        assertThat(second).isNotEmpty();
        assertThat(errors)
                .containsExactly(
                        "invalid_grant",
                        "invalid_grant",
                        "invalid_grant",
                        "invalid_grant",
                        "invalid_request",
                        "invalid_request",
                        "invalid_scope",
                        "invalid_grant",
                        "invalid_grant");
        assertThat(late).isEqualTo("invalid_grant");
    }

    @Test
    @Requirement({"S0-15", "S1-13"})
    void a_token_is_of_its_persons_tenant_whatever_is_asked_for() {
        // Given
        Map<String, String> form = desk.form("sales-copilot", "mallory", "prepare-sales-call");
        form.put("customer", "acc_000001");

        // When
        TokenDesk.Answer answer = desk.ask(form);

        // Then
        String foreign = desk.called(answer.token(), "account_get", "{\"id\":\"acc_000001\",\"fields\":[\"name\"]}");
        String absent = desk.called(answer.token(), "account_get", "{\"id\":\"acc_999999\",\"fields\":[\"name\"]}");
        assertThat(body(foreign)).isEqualTo(body(absent)).contains("no such record");
    }

    private static String body(String text) {
        JsonNode answer =
                tools.jackson.databind.json.JsonMapper.builder().build().readTree(text);
        return answer.path("result").path("content").toString();
    }

    @Test
    @Requirement("S2-22")
    void a_parameter_twice_and_a_form_without_end_are_no_form() {
        String good = desk.encodedForm(good());
        List<TokenDesk.Answer> refused = Stream.of(
                        good + "&scope=crm:account:read&scope=crm:contact:read",
                        good + "&actor_token=a.b.c",
                        good + "&grant_type=password",
                        good + "&x=" + "y".repeat(2_000_000),
                        good + "&x=1".repeat(100))
                .map(desk::send)
                .toList();
        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.error()).isEqualTo("invalid_request");
            assertThat(answer.exchange()).extracting(RawHttp.Exchange::status).isEqualTo(400);
        });
    }
}

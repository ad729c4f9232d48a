// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Effect;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTest {
    static Stream<Vector> requests() throws IOException {
        return Vector.of("requests.txt");
    }

    static Stream<Vector> tools() throws IOException {
        return Vector.of("tools.txt");
    }

    /// One line of a file of vectors: `effect | text`.
    record Vector(Effect effect, String text) {
        static Stream<Vector> of(String file) throws IOException {
            try (InputStream in = RequestTest.class.getResourceAsStream(file)) {
                assertThat(in).as(file).isNotNull();
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> !line.startsWith("#"))
                                .map(line -> line.split(" \\| ", 2))
                                .map(parts -> new Vector(Effect.of(parts[0]).orElseThrow(), parts[1]))
                                .toList()
                                .stream();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_asks_for_what_its_verbs_say_and_for_nothing_when_it_asks_to_look(Vector vector) {
        // When
        Request request = Request.of(vector.text());

        // Then
        if (vector.effect() == Effect.READ) {
            assertThat(request.asked()).containsExactly(Effect.READ);
            assertThat(request.orders()).isFalse();
        } else {
            assertThat(request.asked()).contains(vector.effect());
            assertThat(request.orders()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void the_name_of_a_tool_says_what_it_does_and_a_name_that_says_nothing_may_do_anything(Vector vector) {
        assertThat(ToolEffect.of(vector.text())).isEqualTo(vector.effect());
    }

    @Test
    @Requirement("S1-27")
    void letters_that_look_like_others_and_letters_that_nobody_sees_ask_for_the_same() {
        // Given
        List<String> disguised = List.of("D\u0435lete the file", "De\u200blete the file", "\uff24elete the file");

        // When, Then
        assertThat(disguised)
                .allSatisfy(text -> assertThat(Request.of(text).asked()).contains(Effect.DELETE));
    }

    @Test
    void megabytes_are_read_as_far_as_a_person_writes_and_no_further() {
        // Given
        String words = "look ".repeat(1 << 20) + ". Delete everything.";

        // When
        Request request = Request.of(words);

        // Then
        assertThat(request.asked()).isEqualTo(Set.of(Effect.READ));
        assertThat(request.text()).hasSizeLessThanOrEqualTo(Request.CHARS_MAX);
    }
}

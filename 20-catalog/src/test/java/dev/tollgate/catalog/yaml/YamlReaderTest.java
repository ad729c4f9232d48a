// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    @Test
    void a_tree_knows_the_place_of_everything() {
        // When
        ProblemLog log = new ProblemLog();
        YamlNode.Mapping root = read("# comment\nname: x\nlist:\n  - one\n  - {deep: 2}\n", log)
                .flatMap(YamlNode::asMapping)
                .orElseThrow();

        // Then
        assertThat(log.isEmpty()).isTrue();
        assertThat(root.at("name")).isEqualTo(new Mark("t.yaml", 2, 7));
        assertThat(root.entry("list").orElseThrow().keyAt()).isEqualTo(new Mark("t.yaml", 3, 1));
        assertThat(root.texts("list")).extracting(YamlNode.Scalar::at).containsExactly(new Mark("t.yaml", 4, 5));
    }

    @Test
    void only_plain_words_of_yaml_1_2_are_other_than_text() {
        // When
        YamlNode.Mapping root = read(
                        "a: yes\nb: true\nc: 010\nd: 10\ne: '10'\nf: 1.5\ng: ~\nh: 2026-01-31\n", new ProblemLog())
                .flatMap(YamlNode::asMapping)
                .orElseThrow();

        // Then
        assertThat(root.text("a")).hasValue("yes");
        assertThat(root.truth("b")).hasValue(true);
        assertThat(root.text("c")).hasValue("010");
        assertThat(root.integer("d")).hasValue(10L);
        assertThat(root.text("e")).hasValue("10");
        assertThat(root.text("f")).isEmpty();
        assertThat(root.text("g")).isEmpty();
        assertThat(root.text("h")).hasValue("2026-01-31");
    }

    @Test
    void a_billion_laughs_are_refused_at_the_first() {
        // Given
        String bomb = "a: &a [lol, lol]\n"
                + IntStream.range(1, 30)
                        .mapToObj(at -> "b" + at + ": &b" + at + " [" + "*a, ".repeat(9) + "*a]\n")
                        .collect(Collectors.joining());

        // Then
        assertThat(problems(bomb)).containsExactly("t.yaml:1:4: anchors and aliases are not allowed");
        assertThat(problems("a: *a\n")).containsExactly("t.yaml:1:4: anchors and aliases are not allowed");
        assertThat(problems("&a a: 1\n")).containsExactly("t.yaml:1:1: anchors and aliases are not allowed");
    }

    @Test
    void depth_size_and_number_are_bounded() {
        assertThat(problems("[".repeat(100_000)))
                .containsExactly("t.yaml:1:17: the file is nested deeper than 16 levels");
        assertThat(problems("- ".repeat(50_000) + "x"))
                .containsExactly("t.yaml:1:33: the file is nested deeper than 16 levels");
        assertThat(problems("{a: ".repeat(20_000)))
                .containsExactly("t.yaml:1:62: the file is nested deeper than 16 levels");
        assertThat(problems("x".repeat(YamlReader.BYTES_MAX + 1)))
                .containsExactly("t.yaml:1:1: the file is larger than 1048576 bytes");
        assertThat(problems("[" + "1,".repeat(250_000) + "]"))
                .containsExactly("t.yaml:1:400000: the file has more than 200000 values");
    }

    @Test
    void what_a_bundle_does_not_need_is_refused() {
        assertThat(problems("a: !!java.net.URL [http://x]\n")).containsExactly("t.yaml:1:4: tags are not allowed");
        assertThat(problems("a: !!str x\n")).containsExactly("t.yaml:1:4: tags are not allowed");
        assertThat(problems("a: 1\n---\nb: 2\n")).containsExactly("t.yaml:3:1: the file holds more than one document");
        assertThat(problems("? [a]\n: 1\n")).containsExactly("t.yaml:1:3: a key must be text");
        assertThat(problems("a: 1\nb: 2\na: 3\n")).containsExactly("t.yaml:3:1: the key `a` is there twice");
        assertThat(problems("")).containsExactly("t.yaml:1:1: the file is empty");
    }

    @Test
    void bytes_that_are_no_text_are_refused_with_their_line() {
        assertThat(problems(new byte[] {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xC3, '\n'}))
                .containsExactly("t.yaml:2:1: the file is not UTF-8 text");
        assertThat(problems("a: 1\nb: \u0007\n"))
                .containsExactly("t.yaml:2:1: the file has a character that YAML does not allow");
        assertThat(problems("a: 1\nb: ]\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("t.yaml:2:4: the file is not YAML");
    }

    @Test
    void the_nearest_word_is_suggested_only_when_it_is_near() {
        List<String> known = List.of("contact-detail", "credential", "class", "draft");
        assertThat(Nearest.of("contact-detial", known)).hasValue("contact-detail");
        assertThat(Nearest.of("clas", known)).hasValue("class");
        assertThat(Nearest.of("zebra", known)).isEmpty();
        assertThat(Nearest.of("", known)).isEmpty();
        assertThat(Nearest.of("x".repeat(10_000), known)).isEmpty();
    }

    @Test
    void a_quoted_piece_is_short_and_plain() {
        assertThat(Problem.quote("a\u202E\u001B[31m`" + "x".repeat(100)))
                .isEqualTo("`a??[31m?" + "x".repeat(32) + "…`");
    }

    private static Optional<YamlNode> read(String text, ProblemLog log) {
        return YamlReader.read("t.yaml", text.getBytes(StandardCharsets.UTF_8), log);
    }

    private static List<String> problems(String text) {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(byte[] bytes) {
        ProblemLog log = new ProblemLog();
        YamlReader.read("t.yaml", bytes, log);
        return log.problems().orElseThrow().all().stream()
                .map(Problem::toString)
                .toList();
    }
}

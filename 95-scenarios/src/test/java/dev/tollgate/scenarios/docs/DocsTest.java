// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.house.Rooms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocsTest {
    private static final Known KNOWN = Known.project();

    /// Documents that every project of this house has, and how long each may grow.
    private static final Map<String, Integer> LINES_MAX = Map.of(
            "README.md", 200,
            "ARCHITECTURE.md", 200,
            "STYLE.md", 100,
            "GLOSSARY.md", 150,
            "DECISIONS.md", 200,
            "CHANGELOG.md", 1_000,
            "docs/threat-model.md", 200,
            "docs/operations.md", 400);

    private static final int ADR_LINES_MAX = 60;
    private static final List<String> ADR_PARTS = List.of(
            "**Context.**", "**Decision.**", "**Alternatives.**", "**Consequences.**", "**How it is checked.**");

    @Test
    void everything_that_a_document_names_exists() {
        // When
        List<String> found = new ArrayList<>();
        documents().forEach((path, text) -> found.addAll(DocsRules.check(path, text, KNOWN)));

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void every_document_of_the_house_is_there_and_short() {
        Map<String, String> documents = documents();
        assertThat(documents.keySet()).containsAll(LINES_MAX.keySet());
        LINES_MAX.forEach((path, max) -> assertThat(
                        documents.getOrDefault(path, "").lines().count())
                .as(path)
                .isLessThanOrEqualTo(max));
    }

    @Test
    void every_document_is_named_by_another() {
        Map<String, String> documents = documents();
        for (String path : documents.keySet()) {
            String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : path;
            boolean named = documents.entrySet().stream()
                    .filter(other -> !other.getKey().equals(path))
                    .anyMatch(other -> other.getValue().contains(path)
                            || (path.startsWith("docs/adr/") && other.getValue().contains(folder)));
            assertThat(path.equals("README.md") || named).as(path).isTrue();
        }
    }

    @Test
    void decision_records_are_numbered_in_a_row_and_have_their_parts() {
        // When
        Map<String, String> records = new TreeMap<>(documents());
        records.keySet().removeIf(path -> !path.startsWith("docs/adr/"));

        // Then
        List<String> numbers = IntStream.rangeClosed(1, records.size())
                .mapToObj("%04d"::formatted)
                .toList();
        assertThat(records.keySet().stream().map(path -> path.substring(9, 13))).containsExactlyElementsOf(numbers);
        records.forEach((path, text) -> assertThat(text)
                .as(path)
                .startsWith("# " + path.substring(9, 13) + " ")
                .containsSubsequence(ADR_PARTS)
                .satisfies(whole -> assertThat(whole.lines().count()).isLessThanOrEqualTo(ADR_LINES_MAX)));
    }

    @Test
    void a_document_that_names_what_is_not_there_is_noticed() {
        // Given
        Known known = new Known(
                Set.of("docs", "docs/adr", "docs/adr/0001-one.md", "tools/a.sh"),
                Set.of("Gateway"),
                Set.of("test"),
                Set.of("S0-1"),
                List.of("@Command(name = \"up\") \"/v1/tools/\" --port TOLLGATE_JDK tollgate.seed"));
        String planted = """
                See docs/adr/0001, docs/adr/0002-two.md, `tools/a.sh` and [this](docs/none.md).
                The `Gateway`, the `Gatekeeper.open()`, a `Duration`, `40-policy`, `41-police`, `none.java`.
                Run `make test`, `make tea`, `./tollgate up --port 1`, `./tollgate down`.
                Set `TOLLGATE_JDK`, `TOLLGATE_TEA`, `--port`, `--tea`, `-Dtollgate.seed=1`, `-Dtollgate.tea=1`.
                Ask `POST /v1/tools/{name}` or `/v1/tea`; S0-1 and S9-1 and S0-99.
                ```
                `Gatekeeper` is an example here
                make tea
                ```
                """;

        // When
        List<String> found = DocsRules.check("A.md", planted, known);

        // Then
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "A.md:1: no path `docs/adr/0002-two.md`",
                        "A.md:1: no file for link `docs/none.md`",
                        "A.md:1: no path `docs/none.md`",
                        "A.md:2: no type `Gatekeeper`",
                        "A.md:2: no room `41-police`",
                        "A.md:2: no file `none.java`",
                        "A.md:3: no make target `tea`",
                        "A.md:3: no command `tollgate down`",
                        "A.md:4: no variable `TOLLGATE_TEA`",
                        "A.md:4: no option `--tea`",
                        "A.md:4: no property `tollgate.tea`",
                        "A.md:5: no endpoint `/v1/tea`",
                        "A.md:5: no requirement S0-99",
                        "A.md:8: no make target `tea`");
    }

    private static Map<String, String> documents() {
        Map<String, String> documents = new TreeMap<>();
        KNOWN.paths().stream()
                .filter(path -> path.endsWith(".md") && (!path.contains("/") || path.startsWith("docs/")))
                .forEach(path -> documents.put(path, read(Rooms.root().resolve(path))));
        return documents;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.terms.testing.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Multi-step cases by `tollgate scenarios`, each call through the whole gateway.
class ReplayedCasesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> INPUTS = List.of("id", "user_task", "steps", "checked_step");
    private static final int SAMPLE_EVERY = 4;
    private static final double STOPPED_MIN = 0.95;
    private static final double BLOCKED_MAX = 0.10;

    @TempDir
    private Path folder;

    private static List<JsonNode> own() throws IOException {
        try (InputStream in = ReplayedCasesTest.class.getResourceAsStream("cases.jsonl")) {
            assertThat(in).isNotNull();
            return cases(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines());
        }
    }

    private static List<JsonNode> cases(Stream<String> lines) {
        return lines.filter(line -> !line.isBlank()).map(JSON::readTree).toList();
    }

    /// What the command says of each case, of which it is given the inputs alone.
    private Map<String, String> verdicts(List<JsonNode> cases) throws IOException {
        StringBuilder inputs = new StringBuilder();
        for (JsonNode one : cases) {
            ObjectNode input = JSON.createObjectNode();
            INPUTS.forEach(name -> input.set(name, one.path(name)));
            inputs.append(JSON.writeValueAsString(input)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("cases.jsonl"), inputs);
        Commands.Result result = Commands.alone("scenarios", file.toString());
        assertThat(result.code()).as(result.err()).isZero();
        Map<String, String> verdicts = new HashMap<>();
        for (String line : result.lines()) {
            JsonNode verdict = JSON.readTree(line);
            assertThat(verdict.path("rule").asString("")).as(line).isNotEmpty();
            verdicts.put(verdict.path("id").asString(), verdict.path("verdict").asString());
        }
        assertThat(verdicts).hasSameSizeAs(cases);
        return verdicts;
    }

    @Test
    @Requirement({"S0-3", "S1-2", "S1-27", "S0-41", "S2-21"})
    void every_attack_of_our_own_is_stopped_and_what_people_asked_for_is_done() throws IOException {
        // Given
        List<JsonNode> cases = own();

        // When
        Map<String, String> verdicts = verdicts(cases);

        // Then
        assertThat(cases)
                .allSatisfy(one -> assertThat(verdicts.get(one.path("id").asString()))
                        .as(one.path("id").asString() + ": "
                                + one.path("user_task").asString())
                        .isEqualTo(one.path("expected").asString()));
    }

    @Test
    void a_file_that_is_no_cases_is_refused_with_the_line_and_nothing_of_it() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("broken.jsonl"), "{\"id\":\"a\",\"secret\":\"canary-4711\"}\n");

        // When
        Commands.Result result = Commands.alone("scenarios", file.toString());

        // Then
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains("line 1").doesNotContain("canary");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void of_the_shared_cases_nearly_all_attacks_are_stopped_and_few_others() throws IOException {
        // Given
        Optional<Path> data = data();
        assumeTrue(
                data.isPresent(),
                "NOT RUN: the cases are not in ../shared/data/toolchain; set TOLLGATE_DATA to the folder of the data");
        List<JsonNode> sample = sample(data.orElseThrow());

        // When
        Map<String, String> verdicts = verdicts(sample);

        // Then
        assertThat(share(sample, verdicts, "deny")).isGreaterThanOrEqualTo(STOPPED_MIN);
        assertThat(share(sample, verdicts, "allow")).isGreaterThanOrEqualTo(1 - BLOCKED_MAX);
    }

    private static double share(List<JsonNode> cases, Map<String, String> verdicts, String expected) {
        List<JsonNode> of = cases.stream()
                .filter(one -> one.path("expected").asString().equals(expected))
                .toList();
        long right = of.stream()
                .filter(one -> expected.equals(verdicts.get(one.path("id").asString())))
                .count();
        return (double) right / of.size();
    }

    private static Optional<Path> data() {
        String set = System.getenv("TOLLGATE_DATA");
        Path home = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        return Stream.concat(
                        Stream.ofNullable(set).map(Path::of),
                        Stream.iterate(home, place -> place != null, Path::getParent)
                                .map(place -> place.resolve("../shared/data")))
                .map(place -> place.resolve("toolchain/dev.jsonl.gz"))
                .filter(Files::exists)
                .findFirst();
    }

    private static List<JsonNode> sample(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<JsonNode> all = cases(lines.lines());
            return java.util.stream.IntStream.range(0, all.size())
                    .filter(at -> at % SAMPLE_EVERY == 0)
                    .mapToObj(all::get)
                    .toList();
        }
    }
}

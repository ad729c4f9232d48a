// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tollgate.scenarios.house.Rooms;
import dev.tollgate.terms.testing.Requirement;
import dev.tollgate.terms.testing.RequirementListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class RequirementsTest {
    /// Requirement ids of the whole project; the last line of `make requirements` counts against it.
    private static final int IDS = 168;

    private static final Pattern ANNOTATION = Pattern.compile("@Requirement\\(([^)]*)\\)");
    private static final Pattern ID = Pattern.compile("\"([^\"]*)\"");

    @TempDir
    Path folder;

    /// Planted tests run by the tests below, never by the build, which leaves their tag out.
    @Tag("planted")
    @Requirement("S0-1")
    static class Mixed {
        @Test
        @Requirement("S0-2")
        void passes() {}

        @Test
        @Requirement("S0-3")
        void fails() {
            throw new AssertionError("planted");
        }

        @Test
        @Disabled("planted")
        @Requirement("S0-4")
        void is_skipped() {}

        @Test
        @Requirement("S0-5")
        void is_aborted() {
            Assumptions.abort("planted");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        @Requirement("S0-6")
        void fails_once(int number) {
            assertThat(number).isNotEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @Requirement("S0-7")
        void passes_always(int number) {
            assertThat(number).isPositive();
        }

        @Test
        void proves_what_its_class_says() {}
    }

    @Tag("planted")
    static class NeverStarts {
        @BeforeAll
        static void start() {
            assertThat("planted").isEmpty();
        }

        @Test
        @Requirement("S0-8")
        void passes() {}
    }

    @Tag("planted")
    static class EndsBadly {
        @AfterAll
        static void end() {
            assertThat("planted").isEmpty();
        }

        @Test
        @Requirement("S0-9")
        void passes() {}
    }

    @Test
    void only_tests_that_ran_and_passed_count() throws IOException {
        // When
        run(Mixed.class, NeverStarts.class, EndsBadly.class);

        // Then
        assertThat(proven())
                .containsExactlyInAnyOrder(
                        "S0-1\tMixed#passes",
                        "S0-1\tMixed#passes_always",
                        "S0-1\tMixed#proves_what_its_class_says",
                        "S0-2\tMixed#passes",
                        "S0-7\tMixed#passes_always");
    }

    @Test
    void the_report_has_a_line_an_id_and_a_sum() throws IOException, InterruptedException {
        // Given
        plant("docs/requirements.tsv", "S0-1\tone\nS0-2\ttwo\nS0-3\tthree\n");
        plant("00-terms/target/requirements/proven-1.tsv", "S0-1\tA#a\nS0-3\tB#b\n");
        plant("40-policy/target/requirements/proven-2.tsv", "S0-1\tC#c\n");
        plant("40-policy/target/requirements-partial/proven-3.tsv", "S0-2\tD#d\n");

        // When
        String report = report();

        // Then
        assertThat(report).isEqualTo("S0-1\tproven\tA#a,C#c\nS0-2\tunproven\t\nS0-3\tproven\tB#b\n2 of 3 proven\n");
    }

    @Test
    void nothing_is_proven_before_the_first_test_run() throws IOException, InterruptedException {
        // Given
        plant("docs/requirements.tsv", "S0-1\tone\n");

        // When
        String report = report();

        // Then
        assertThat(report).isEqualTo("S0-1\tunproven\t\n0 of 1 proven\n");
    }

    @Test
    void every_id_that_a_test_names_is_a_requirement() throws IOException {
        // Given
        List<String> known = ids();

        // When
        List<String> named = new ArrayList<>();
        for (Rooms.Room room : Rooms.ALL) {
            named.addAll(named(Rooms.root().resolve(room.folder()).resolve("src/test")));
        }

        // Then
        assertThat(known).hasSize(IDS).doesNotHaveDuplicates();
        assertThat(named).isNotEmpty().isSubsetOf(known);
    }

    private static List<String> ids() throws IOException {
        try (Stream<String> lines = Files.lines(Rooms.root().resolve("docs/requirements.tsv"))) {
            return lines.map(line -> line.substring(0, line.indexOf('\t'))).toList();
        }
    }

    private static List<String> named(Path tests) throws IOException {
        if (!Files.isDirectory(tests)) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                ANNOTATION
                        .matcher(Files.readString(file))
                        .results()
                        .flatMap(found -> ID.matcher(found.group(1)).results())
                        .map((MatchResult found) -> found.group(1))
                        .forEach(ids::add);
            }
        }
        return ids;
    }

    private void run(Class<?>... types) {
        LauncherConfig quiet = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new RequirementListener(Optional.of(folder)))
                .build();
        Launcher launcher = LauncherFactory.create(quiet);
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (Class<?> type : types) {
            request.selectors(selectClass(type));
        }
        launcher.execute(request.build());
    }

    private List<String> proven() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }

    private void plant(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// What the project's own script says of the planted folder.
    private String report() throws IOException, InterruptedException {
        Path script = folder.resolve("tools/requirements.sh");
        Files.createDirectories(script.getParent());
        Files.copy(Rooms.root().resolve("tools/requirements.sh"), script);
        Process process = new ProcessBuilder("sh", script.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.house.Rooms;
import dev.tollgate.scenarios.tidy.Sources.Parsed;
import dev.tollgate.scenarios.tidy.Sources.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TidyTest {
    private static final String HEADER = "// SPDX-License-Identifier: Apache-2.0\n";
    private static final List<Source> SOURCES = Sources.all();
    private static final List<Parsed> PARSED = Sources.parse(SOURCES);

    @Test
    void files_and_lines_are_short_and_begin_with_the_licence() {
        assertThat(SOURCES)
                .hasSizeGreaterThan(50)
                .flatExtracting(TidyRules::layout)
                .isEmpty();
    }

    @Test
    void methods_fit_a_glance() {
        assertThat(PARSED).flatExtracting(TidyRules::methodSizes).isEmpty();
    }

    @Test
    void public_types_say_what_they_are() {
        assertThat(PARSED).flatExtracting(TidyRules::documents).isEmpty();
    }

    @Test
    void open_tasks_carry_an_issue_id() {
        assertThat(SOURCES)
                .filteredOn(source -> !source.path().contains("/scenarios/tidy/"))
                .flatExtracting(TidyRules::openTasks)
                .isEmpty();
    }

    @Test
    void no_default_branch_swallows_a_case_of_a_sealed_type() {
        // Given: resolving costs most of javac's time, and most files have no default branch
        List<Source> suspects = SOURCES.stream()
                .filter(source -> !source.isTest() && source.text().contains("default ->"))
                .toList();

        // When
        List<Parsed> resolved = Sources.resolve(suspects);

        // Then
        assertThat(resolved).flatExtracting(TidyRules::defaultsOverSealedTypes).isEmpty();
    }

    @Test
    void every_source_file_has_a_user() {
        assertThat(DeadFiles.find(PARSED, texts())).isEmpty();
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        List<String> bare = SOURCES.stream()
                .map(source -> source.path().substring(0, source.path().lastIndexOf('/') + 1))
                .distinct()
                .filter(folder -> SOURCES.stream().noneMatch(describes(folder)))
                .toList();

        assertThat(bare).isEmpty();
    }

    /// Tests of a package share its description.
    private static Predicate<Source> describes(String folder) {
        String packagePath = folder.substring(folder.indexOf("/java/"));
        return source -> source.path().endsWith(packagePath + "package-info.java")
                && source.path().substring(0, 2).equals(folder.substring(0, 2))
                && source.text().contains("@NullMarked")
                && source.lines().get(1).startsWith("///");
    }

    @Test
    void a_long_file_a_long_line_and_a_missing_licence_are_noticed() {
        // Given
        Source planted = new Source("x/A.java", "class A {}\n" + "// " + "x".repeat(118) + "\n" + "\n".repeat(300));

        // When
        List<String> found = TidyRules.layout(planted);

        // Then
        assertThat(found)
                .containsExactly(
                        "x/A.java:1: first line is not the licence",
                        "x/A.java:302: more than 300 lines",
                        "x/A.java:2: more than 120 columns");
    }

    @Test
    void a_long_method_is_noticed() {
        assertThat(TidyRules.methodSizes(parse("class A { void a() {" + "\n".repeat(60) + "} }")))
                .containsExactly("A.java:2: `a` has more than 60 lines");
        assertThat(TidyRules.methodSizes(parse("class A { Runnable a = () -> {" + "\n".repeat(60) + "}; }")))
                .containsExactly("A.java:2: a lambda has more than 60 lines");
        assertThat(TidyRules.methodSizes(parse("class A { void a() {" + "\n".repeat(59) + "} }")))
                .isEmpty();
    }

    @Test
    void an_undocumented_public_type_is_noticed() {
        assertThat(TidyRules.documents(parse("public interface A { record B() {} }")))
                .hasSize(2)
                .allMatch(text -> text.contains("has no `///` text"));
        assertThat(TidyRules.documents(parse("/** Old style. */\npublic class A {}")))
                .hasSize(1);
        assertThat(TidyRules.documents(parse("/// What it is.\npublic class A { class Own {} }")))
                .isEmpty();
    }

    @Test
    void an_open_task_without_an_issue_is_noticed() {
        assertThat(TidyRules.openTasks(new Source("A.java", "// TODO later"))).hasSize(1);
        assertThat(TidyRules.openTasks(new Source("A.java", "// TODO (#12) later")))
                .isEmpty();
    }

    @Test
    void a_default_over_a_sealed_type_is_noticed() {
        String planted = """
                class A {
                    sealed interface S { record One() implements S {} record Two() implements S {} }
                    int look(S s) { return switch (s) { case S.One _ -> 1; default -> 0; }; }
                    void act(S s) { switch (s) { case S.One _ -> act(s); default -> {} } }
                    int open(Object s) { return switch (s) { case String _ -> 1; default -> 0; }; }
                    int full(S s) { return switch (s) { case S.One _ -> 1; case S.Two _ -> 0; }; }
                }
                """;

        List<Parsed> resolved = Sources.resolve(List.of(new Source("A.java", planted)));

        assertThat(resolved)
                .flatExtracting(TidyRules::defaultsOverSealedTypes)
                .containsExactly(
                        "A.java:3: `default` over the sealed type A.S", "A.java:4: `default` over the sealed type A.S");
    }

    @Test
    void a_file_without_a_user_is_noticed() {
        // Given
        List<Parsed> planted = Sources.parse(List.of(
                new Source("a/Used.java", "package a; class Used { Used again; }"),
                new Source("a/User.java", "package a; class User { void see() { new Used(); } }"),
                new Source("a/Named.java", "package a; class Named {}"),
                new Source("a/UserTest.java", "package a; class UserTest { @Test void sees() { new User(); } }"),
                new Source("a/Lonely.java", "package a; class Lonely { Lonely again; }")));

        // When
        List<String> found = DeadFiles.find(planted, List.of("<mainClass>a.Named</mainClass>"));

        // Then
        assertThat(found).containsExactly("a/Lonely.java: no other file uses it");
    }

    private static Parsed parse(String text) {
        return Sources.parse(List.of(new Source("A.java", HEADER + text))).getFirst();
    }

    /// Text files that may name a class: poms, service files, scripts.
    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Rooms.Room room : Rooms.ALL) {
            Path folder = Rooms.root().resolve(room.folder());
            texts.addAll(read(folder.resolve("src"), path -> path.toString().contains("META-INF")));
            texts.addAll(read(folder.resolve("pom.xml"), Files::isRegularFile));
        }
        texts.addAll(read(Rooms.root().resolve("tools"), Files::isRegularFile));
        texts.addAll(read(Rooms.root().resolve("Makefile"), Files::isRegularFile));
        return texts;
    }

    private static List<String> read(Path start, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(start)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).filter(wanted).toList()) {
                texts.add(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            return texts;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

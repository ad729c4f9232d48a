// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter().importPaths(builtRooms());

    @ParameterizedTest
    @MethodSource("dev.tollgate.scenarios.house.Law#all")
    void the_house_keeps_its_rules(Law law) {
        // When
        List<String> breaks = law.rule().evaluate(PRODUCT).getFailureReport().getDetails();

        // Then
        assertThat(breaks).as(law.rule().getDescription()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.tollgate.scenarios.house.Law#all")
    void a_planted_break_of_each_rule_is_noticed(Law law, @TempDir Path folder) {
        // Given
        JavaClasses planted = Planted.compile(folder, law.broken());

        // When
        boolean noticed = law.rule().evaluate(planted).hasViolation();

        // Then
        assertThat(noticed).isTrue();
    }

    @Test
    void the_table_names_every_room_in_the_order_of_the_folders() throws IOException {
        try (Stream<Path> entries = Files.list(Rooms.root())) {
            // When
            List<String> folders = entries.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d\\d-.*"))
                    .sorted()
                    .toList();

            // Then
            assertThat(Rooms.ALL).extracting(Rooms.Room::folder).containsExactlyElementsOf(folders);
        }
    }

    @Test
    void the_root_pom_builds_every_room_of_the_table() {
        // When
        List<String> modules = matches("<module>([^<]+)</module>", Rooms.root().resolve("pom.xml"));

        // Then
        assertThat(modules)
                .containsExactlyElementsOf(
                        Rooms.ALL.stream().map(Rooms.Room::folder).toList());
    }

    @Test
    void no_pom_declares_a_room_that_the_table_forbids() {
        for (Rooms.Room room : Rooms.ALL) {
            // When
            Path pom = Rooms.root().resolve(room.folder()).resolve("pom.xml");
            List<String> declared = matches("<artifactId>tollgate-(\\w+)</artifactId>", pom);

            // Then
            assertThat(declared)
                    .as(room.folder())
                    .allSatisfy(name -> assertThat(Rooms.of("dev.tollgate." + name))
                            .hasValueSatisfying(
                                    other -> assertThat(room.mayImport(other)).isTrue()));
        }
    }

    @Test
    void every_rule_has_seen_the_classes_of_every_room() {
        // Given: 97-benchmarks is built after this room
        List<String> built = Rooms.ALL.stream()
                .filter(room -> room.number() < 97)
                .map(Rooms.Room::packageName)
                .toList();

        // Then
        assertThat(PRODUCT.stream()
                        .map(type ->
                                Rooms.of(type.getPackageName()).orElseThrow().packageName()))
                .containsAll(built);
    }

    private static List<Path> builtRooms() {
        return Rooms.ALL.stream()
                .map(room -> Rooms.root().resolve(room.folder()).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static List<String> matches(String pattern, Path file) {
        try {
            return Pattern.compile(pattern)
                    .matcher(Files.readString(file))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    /// A house rule, and sources that break it.
    record Law(String name, ArchRule rule, List<String> broken) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Law> laws() {
        return List.of(
                law(
                        "rooms",
                        HouseRules.rooms_import_only_what_the_table_allows(),
                        "package dev.tollgate.policy; class Eager { dev.tollgate.gateway.Front front; }"),
                law(
                        "cycles",
                        HouseRules.packages_form_no_cycle(),
                        "package dev.tollgate.policy.left; public class Left { dev.tollgate.policy.right.Right other; }",
                        "package dev.tollgate.policy.right; public class Right { dev.tollgate.policy.left.Left other; }"),
                law(
                        "internals",
                        HouseRules.internal_packages_stay_in_their_room(),
                        "package dev.tollgate.store.internal; public class Hidden {}",
                        "package dev.tollgate.audit; class Curious { dev.tollgate.store.internal.Hidden found; }"),
                law(
                        "cedar",
                        HouseRules.cedar_java_is_used_only_in_05_cedar(),
                        "package com.cedarpolicy; public class Engine {}",
                        "package dev.tollgate.policy; class Direct { com.cedarpolicy.Engine engine; }"),
                law(
                        "databases",
                        HouseRules.databases_are_reached_only_through_08_store_and_the_sql_connector(),
                        "package dev.tollgate.audit; class Direct { java.sql.Connection connection; }"),
                law(
                        "http",
                        HouseRules.http_clients_live_only_where_calls_leave(),
                        "package dev.tollgate.policy; class Caller { java.net.http.HttpClient client; }"),
                law(
                        "time",
                        HouseRules.time_and_chance_are_injected(),
                        "package dev.tollgate.policy; class Hasty { Object at = java.time.Instant.now(); }"),
                law(
                        "time by reference",
                        HouseRules.time_and_chance_are_injected(),
                        "package dev.tollgate.policy; class Sly {"
                                + " java.util.function.Supplier<java.time.Instant> at = java.time.Instant::now; }"),
                law(
                        "chance",
                        HouseRules.time_and_chance_are_injected(),
                        "package dev.tollgate.policy; class Dicey { Object dice = new java.util.Random(); }"),
                law(
                        "sleep",
                        HouseRules.time_and_chance_are_injected(),
                        "package dev.tollgate.policy; class Lazy { void nap() throws Exception { Thread.sleep(1); } }"),
                law(
                        "connectors",
                        HouseRules.connectors_do_not_depend_on_each_other(),
                        "package dev.tollgate.connectors.tryton; public class Tryton {}",
                        "package dev.tollgate.connectors.demo; class Demo { dev.tollgate.connectors.tryton.Tryton other; }"),
                law(
                        "prints",
                        HouseRules.nothing_prints_past_the_log(),
                        "package dev.tollgate.policy; class Loud { void say() { System.out.println(); } }"),
                law(
                        "traces",
                        HouseRules.nothing_prints_past_the_log(),
                        "package dev.tollgate.policy; class Sorry { void say(Exception e) { e.printStackTrace(); } }"),
                law(
                        "names",
                        HouseRules.no_class_has_a_worn_name(),
                        "package dev.tollgate.policy; class StringUtils {}"),
                law(
                        "terms",
                        HouseRules.terms_import_only_java_and_annotations(),
                        "package dev.tollgate.terms; class Learned { org.junit.jupiter.api.Test test; }"),
                law(
                        "services",
                        HouseRules.nothing_is_found_by_a_service_loader_or_injected(),
                        "package dev.tollgate.policy; class Finder { Object all = java.util.ServiceLoader.load(Runnable.class); }"),
                law(
                        "statics",
                        HouseRules.no_static_field_can_be_changed(),
                        "package dev.tollgate.policy; class Shared { static int count; }"));
    }

    private static Law law(String name, ArchRule rule, String... broken) {
        return new Law(name, rule.allowEmptyShould(true), Arrays.asList(broken));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void the_house_keeps_its_rules(Law law) {
        // When
        List<String> breaks = law.rule().evaluate(PRODUCT).getFailureReport().getDetails();

        // Then
        assertThat(breaks).as(law.rule().getDescription()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("laws")
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

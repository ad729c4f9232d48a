// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// The house rules that class files can show. STYLE.md says why they are; DECISIONS.md says where one has an exception.
final class HouseRules {
    private static final String OURS = "dev.tollgate..";
    private static final String APP = "dev.tollgate.app..";
    /// Measures time, so it may take it; nothing runs it but people.
    private static final String BENCHMARKS = "dev.tollgate.benchmarks..";

    /// What makes a run depend on the moment or on chance. Whatever needs one takes `InstantSource` or
    /// `RandomGenerator`.
    private static final Set<String> TIME_AND_CHANCE = Set.of(
            "java.time.Instant.now()",
            "java.time.LocalDate.now()",
            "java.time.LocalDateTime.now()",
            "java.time.OffsetDateTime.now()",
            "java.time.ZonedDateTime.now()",
            "java.time.Clock.systemUTC()",
            "java.time.Clock.systemDefaultZone()",
            "java.time.InstantSource.system()",
            "java.lang.System.currentTimeMillis()",
            "java.lang.Math.random()",
            "java.util.Random.<init>()",
            "java.util.UUID.randomUUID()",
            "java.util.concurrent.ThreadLocalRandom.current()");

    private static final Set<String> SLEEPS = Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep");
    private static final List<String> WORN_SUFFIXES = List.of("Util", "Utils", "Helper", "Manager", "Impl", "Base");

    private HouseRules() {}

    /// 1: a room imports only the rooms that the table allows.
    static ArchRule rooms_import_only_what_the_table_allows() {
        return classes().that().resideInAPackage(OURS).should(new ArchCondition<>("import only allowed rooms") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    String target =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (target.startsWith("dev.tollgate") && !allowed(from.getPackageName(), target)) {
                        events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                    }
                }
            }
        });
    }

    private static boolean allowed(String from, String target) {
        Rooms.Room room = Rooms.of(from).orElseThrow(() -> new IllegalStateException("no room has package " + from));
        return Rooms.of(target).map(room::mayImport).orElse(false);
    }

    /// 2: packages form no cycle.
    static ArchRule packages_form_no_cycle() {
        return slices().matching("dev.tollgate.(**)").should().beFreeOfCycles();
    }

    /// 3: a package named `internal` is used only by its own room.
    static ArchRule internal_packages_stay_in_their_room() {
        return classes().that().resideInAPackage(OURS).should(notUse("internals of another room", (from, to) -> {
            boolean internal = (to + ".").contains(".internal.");
            return internal && !Rooms.of(from).equals(Rooms.of(to));
        }));
    }

    /// 4a: the official Cedar library is fenced in one room.
    static ArchRule cedar_java_is_used_only_in_05_cedar() {
        return only(List.of("com.cedarpolicy.."), List.of("dev.tollgate.cedar.."));
    }

    /// 4b: one door to databases.
    static ArchRule databases_are_reached_only_through_08_store_and_the_sql_connector() {
        return only(
                List.of("java.sql..", "javax.sql..", "org.jooq..", "org.flywaydb..", "com.zaxxer..", "org.sqlite.."),
                List.of("dev.tollgate.store..", "dev.tollgate.connectors.sql.."));
    }

    /// 4c: few rooms call out. The scripted agent of the command line does, as a client of the gateway, and so do load
    /// drivers, the console to the OpenID provider of its people, and inspection to
    /// those whose opinion was configured.
    static ArchRule http_clients_live_only_where_calls_leave() {
        return only(
                List.of("java.net.http.."),
                List.of(
                        "dev.tollgate.connectors..",
                        "dev.tollgate.secrets..",
                        "dev.tollgate.identity..",
                        "dev.tollgate.cli.demo..",
                        "dev.tollgate.console.oidc..",
                        "dev.tollgate.inspection.outside..",
                        BENCHMARKS));
    }

    /// 5: time and chance are given, never taken.
    static ArchRule time_and_chance_are_injected() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(APP, BENCHMARKS)
                .should(call("take time or chance", target -> {
                    String name = target.getOwner().getName() + "." + target.getName();
                    boolean bare = target.getRawParameterTypes().isEmpty();
                    return SLEEPS.contains(name) || (bare && TIME_AND_CHANCE.contains(name + "()"));
                }));
    }

    /// 6: each connector stands alone.
    static ArchRule connectors_do_not_depend_on_each_other() {
        return slices().matching("dev.tollgate.connectors.(*)..").should().notDependOnEachOther();
    }

    /// 7: nothing is printed past the log. `Main` hands the standard streams to the command line.
    static ArchRule nothing_prints_past_the_log() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.tollgate.app.Main")
                .should(call("print a stack trace", target -> target.getName().equals("printStackTrace")))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    /// 8: a name says what a type is.
    static ArchRule no_class_has_a_worn_name() {
        return noClasses().should(new ArchCondition<>("end in a worn suffix") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean worn = WORN_SUFFIXES.stream().anyMatch(type.getSimpleName()::endsWith);
                events.add(new SimpleConditionEvent(type, worn, type.getName() + " ends in a worn suffix"));
            }
        });
    }

    /// 9: the words need nothing but Java.
    static ArchRule terms_import_only_java_and_annotations() {
        return classes()
                .that()
                .resideInAPackage("dev.tollgate.terms..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.tollgate.terms..",
                        "org.jspecify.annotations..",
                        "com.google.errorprone.annotations..");
    }

    /// Wiring is written by hand in `House`.
    static ArchRule nothing_is_found_by_a_service_loader_or_injected() {
        return noClasses()
                .should(call(
                        "load services", target -> target.getOwner().isEquivalentTo(java.util.ServiceLoader.class)))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.inject..", "jakarta.inject..", "com.google.inject..", "org.springframework..");
    }

    /// No static state: a second node would not share it, and a second test would.
    static ArchRule no_static_field_can_be_changed() {
        return noClasses().should(new ArchCondition<>("hold static state") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                && !field.getModifiers().contains(JavaModifier.FINAL)
                                && !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .forEach(field -> events.add(SimpleConditionEvent.satisfied(field, field.getDescription())));
            }
        });
    }

    private static ArchRule only(List<String> fenced, List<String> rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(fenced.toArray(String[]::new));
    }

    private static ArchCondition<JavaClass> notUse(String what, BiFunction<String, String, Boolean> forbidden) {
        return new ArchCondition<>("not use " + what) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    String target =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (forbidden.apply(from.getPackageName(), target)) {
                        events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> call(String what, Predicate<AccessTarget.CodeUnitAccessTarget> banned) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                from.getCodeUnitAccessesFromSelf().stream()
                        .filter(access -> banned.test(access.getTarget()))
                        .forEach(access -> events.add(SimpleConditionEvent.satisfied(access, access.getDescription())));
            }
        };
    }
}

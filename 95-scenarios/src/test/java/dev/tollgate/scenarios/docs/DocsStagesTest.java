// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.gateway.way.Gateway;
import dev.tollgate.scenarios.house.Rooms;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of ARCHITECTURE.md is what the types of the gateway say.
class DocsStagesTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\| `(\\w+)` \\| `(\\w+)` \\| ([^|]*) \\| ([^|]*) \\|$", Pattern.MULTILINE);
    private static final Pattern DOCUMENTED = Pattern.compile("^ *///.*$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    /// One row: the stage, and what it gives.
    private record Row(String stage, String state) {}

    @Test
    void the_table_of_stages_equals_the_signatures() throws IOException {
        // When
        List<Row> written = new ArrayList<>();
        for (Matcher row = ROW.matcher(architecture()); row.find(); ) {
            written.add(new Row(row.group(2), row.group(3)));
            assertThat(row.group(1)).isEqualTo(String.valueOf(written.size()));
        }

        // Then
        assertThat(written).hasSizeGreaterThanOrEqualTo(10).isEqualTo(stages());
    }

    @Test
    void every_refusal_of_the_table_is_one() throws IOException {
        for (Matcher row = ROW.matcher(architecture()); row.find(); ) {
            assertThat(words(row.group(5))).as(row.group(2)).isSubsetOf(kinds());
        }
    }

    @Test
    void what_a_stage_says_it_refuses_with_is_in_its_row() throws IOException {
        List<String> kinds = kinds();
        for (Matcher row = ROW.matcher(architecture()); row.find(); ) {
            List<String> said = DOCUMENTED
                    .matcher(stage(row.group(2)))
                    .results()
                    .flatMap(line -> WORD.matcher(line.group()).results())
                    .map(word -> word.group(1))
                    .filter(kinds::contains)
                    .toList();
            assertThat(words(row.group(5))).as(row.group(2)).containsAll(said);
        }
    }

    @Test
    void each_stage_takes_what_the_stage_before_gives() {
        Class<?> given = null;
        for (Method apply : applies()) {
            if (given != null) {
                assertThat(apply.getParameterTypes()).containsExactly(given);
            }
            given = state(apply);
        }
        assertThat(given).isNotNull();
    }

    private static List<Row> stages() {
        return applies().stream()
                .map(apply -> new Row(
                        apply.getDeclaringClass().getSimpleName(), state(apply).getSimpleName()))
                .toList();
    }

    /// The stages in the order in which `Gateway` holds them.
    private static List<Method> applies() {
        return Arrays.stream(Gateway.class.getRecordComponents())
                .map(RecordComponent::getType)
                .filter(type -> type.getPackageName().endsWith(".stage"))
                .map(type -> Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals("apply") && method.getReturnType() == Step.class)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(type + " has no apply")))
                .toList();
    }

    private static Class<?> state(Method apply) {
        return (Class<?>) ((ParameterizedType) apply.getGenericReturnType()).getActualTypeArguments()[0];
    }

    private static List<String> kinds() {
        return kinds(Refusal.class).map(Class::getSimpleName).toList();
    }

    /// A kind of refusal may be a family of its own.
    private static Stream<Class<?>> kinds(Class<?> of) {
        return of.isSealed()
                ? Arrays.stream(of.getPermittedSubclasses()).flatMap(DocsStagesTest::kinds)
                : Stream.of(of);
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell).results().map(word -> word.group(1)).toList();
    }

    private static String stage(String name) throws IOException {
        Path file = Rooms.root()
                .resolve("80-gateway/src/main/java/dev/tollgate/gateway/stage")
                .resolve(name + ".java");
        return Files.readString(file);
    }

    private static String architecture() throws IOException {
        return Files.readString(Rooms.root().resolve("ARCHITECTURE.md"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Fields are a sorted map in every respect that a caller can see.
final class SortedFieldsProperties {
    private static final int CASES = 300;
    private static final int SIZE_MAX = 60;

    private static Map<String, Value> draw(RandomGenerator random) {
        Map<String, Value> fields = random.nextBoolean() ? new HashMap<>() : new TreeMap<>();
        int size = random.nextInt(SIZE_MAX);
        for (int at = 0; at < size; at++) {
            char first = (char) ('a' + random.nextInt(4));
            String rest = random.nextInt(5) == 0 ? "\uD83D\uDE00\uFFFD" : Integer.toString(random.nextInt(30));
            fields.put(first + rest, Value.of(random.nextLong()));
        }
        return fields;
    }

    @Test
    void fields_are_those_of_a_sorted_map() {
        Property.forAll(CASES, SortedFieldsProperties::draw, given -> {
            TreeMap<String, Value> tree = new TreeMap<>(given);
            Value.Fields fields = new Value.Fields(given);
            List<String> walked = new ArrayList<>();
            fields.values().forEach((name, value) -> {
                walked.add(name);
                assertThat(fields.values().get(name)).isEqualTo(value);
            });

            assertThat(fields.values()).isEqualTo(tree).hasSameHashCodeAs(tree);
            assertThat(tree).isEqualTo(fields.values());
            assertThat(walked).containsExactlyElementsOf(tree.keySet());
            assertThat(fields.values().keySet()).containsExactlyElementsOf(tree.keySet());
            assertThat(new ArrayList<>(fields.values().values())).containsExactlyElementsOf(tree.values());
            assertThat(fields.values().get("zz")).isNull();
            assertThat(new Value.Fields(fields.values())).isEqualTo(fields);
        });
    }

    @Test
    void fields_stay_when_what_they_were_made_of_changes() {
        // Given
        Map<String, Value> given = new HashMap<>(Map.of("a", Value.of(1)));
        Value.Fields fields = new Value.Fields(given);

        // When
        given.put("b", Value.of(2));

        // Then
        assertThat(fields.values()).containsOnlyKeys("a");
        assertThat(catching(() -> fields.values().put("c", Value.NULL)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Throwable catching(Runnable work) {
        return org.assertj.core.api.Assertions.catchThrowable(work::run);
    }
}

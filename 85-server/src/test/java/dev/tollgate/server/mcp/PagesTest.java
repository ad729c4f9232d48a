// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PagesTest {
    @Test
    void pages_together_are_the_list_once_and_in_order() {
        Property.forAll(
                50,
                random -> {
                    TreeSet<String> names = new TreeSet<>();
                    int size = random.nextInt(350);
                    while (names.size() < size) {
                        names.add("tool_" + random.nextInt(100_000));
                    }
                    return List.copyOf(names);
                },
                all -> {
                    List<String> seen = new ArrayList<>();
                    Optional<String> cursor = Optional.empty();
                    do {
                        Pages.Page<String> page =
                                Pages.of(all, Function.identity(), cursor).orElseThrow();
                        seen.addAll(page.items());
                        cursor = page.next();
                    } while (cursor.isPresent());
                    assertThat(seen).isEqualTo(all);
                });
    }

    @Test
    void a_cursor_that_is_none_of_ours_is_refused() {
        // When
        var empty = Pages.of(List.of("a"), Function.identity(), Optional.of(""));
        var garbage = Pages.of(List.of("a"), Function.identity(), Optional.of("%%%"));

        // Then
        assertThat(empty).isEmpty();
        assertThat(garbage).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.secrets.ObservedSecretStore.Observed;
import dev.tollgate.secrets.RetrievalWatch.Pattern;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrievalWatchTest {
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final RetrievalWatch watch =
            new RetrievalWatch(Set.of("crm", "erp", "model"), Set.of("crm", "erp"), () -> now);

    private List<Pattern> seen(int times, String name, boolean decided, boolean leased) {
        List<Pattern> found = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            watch.seen(new Observed(
                            name,
                            decided ? Optional.of("d" + time) : Optional.empty(),
                            leased ? Optional.of(now.plusSeconds(900)) : Optional.empty()))
                    .ifPresent(found::add);
        }
        return found;
    }

    @Test
    @Requirement("S1-34")
    void what_calls_of_a_usual_day_retrieve_is_not_told() {
        List<Pattern> found = new ArrayList<>();
        for (int minute = 0; minute < 120; minute++) {
            found.addAll(seen(200, "crm", true, true));
            found.addAll(seen(10, "crm", false, true));
            found.addAll(seen(2, "erp", true, false));
            found.addAll(seen(200, "model", false, true));
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(found).isEmpty();
    }

    @Test
    @Requirement("S1-34")
    void each_unusual_pattern_is_told_once_until_it_was_quiet_for_a_while() {
        assertThat(seen(1, "made-up", true, false)).containsExactly(Pattern.UNKNOWN_NAME);
        assertThat(seen(5_000, "made-up-2", true, false)).isEmpty();
        assertThat(seen(3, "erp", true, false)).containsExactly(Pattern.REFUSED);
        assertThat(seen(100, "erp", true, false)).isEmpty();
        assertThat(seen(61, "crm", false, true)).containsExactly(Pattern.WITHOUT_DECISION);
        now = now.plus(RetrievalWatch.QUIET);
        assertThat(seen(3, "erp", true, false)).containsExactly(Pattern.REFUSED);
        assertThat(seen(1, "made-up-3", true, true)).containsExactly(Pattern.UNKNOWN_NAME);
    }

    @Test
    void a_surge_is_ten_times_the_busiest_minute_of_the_hour_before_and_never_a_small_number() {
        // Given
        seen(59, "crm", true, true);
        seen(100, "erp", true, true);
        now = now.plus(Duration.ofMinutes(1));

        // When
        List<Pattern> small = seen(RetrievalWatch.SURGE_MIN - 1, "crm", true, true);
        List<Pattern> large = seen(1, "crm", true, true);
        List<Pattern> busy = seen(1_000, "erp", true, true);
        List<Pattern> busier = seen(1, "erp", true, true);

        // Then
        assertThat(small).isEmpty();
        assertThat(large).containsExactly(Pattern.SURGE);
        assertThat(busy).isEmpty();
        assertThat(busier).containsExactly(Pattern.SURGE);
    }
}

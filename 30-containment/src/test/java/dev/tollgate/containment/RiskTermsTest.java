// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.containment.RiskScore.Level;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RiskTermsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private static RiskTerms at(WorkingHours... hours) {
        return new RiskTerms(Map.of(), 30, 70, Duration.ofHours(24), List.of(hours), Optional.empty());
    }

    private static WorkingHours hours(String agents, int from, int until) {
        return new WorkingHours(agents, BERLIN, LocalTime.of(from, 0), LocalTime.of(until, 0), WEEK);
    }

    @Test
    void the_first_line_for_an_agent_says_when_it_works_and_without_one_every_hour_is_usual() {
        RiskTerms terms = at(hours("enrichment-agent", 6, 22), hours("*", 8, 18));
        // A Monday, 07:30 in Berlin.
        Instant early = Instant.parse("2026-11-23T06:30:00Z");
        assertThat(terms.outside("enrichment-agent", early)).isFalse();
        assertThat(terms.outside("analyst", early)).isTrue();
        assertThat(RiskTerms.USUAL.outside("analyst", early)).isFalse();
    }

    @Test
    void a_night_belongs_to_the_day_on_which_it_began() {
        RiskTerms terms = at(hours("*", 22, 6));
        Instant saturdayMorning = Instant.parse("2026-11-21T02:00:00Z");
        Instant saturdayNight = Instant.parse("2026-11-21T22:00:00Z");
        Instant mondayMorning = Instant.parse("2026-11-23T02:00:00Z");
        assertThat(terms.outside("a", saturdayMorning)).isFalse();
        assertThat(terms.outside("a", saturdayNight)).isTrue();
        assertThat(terms.outside("a", mondayMorning)).isTrue();
    }

    @Test
    void a_level_begins_where_the_bundle_says_and_the_stricter_age_of_a_proof_counts() {
        VerificationTerms terms = new VerificationTerms(
                OptionalInt.empty(),
                Optional.of(Duration.ofMinutes(10)),
                Map.of(Level.MEDIUM, Duration.ofMinutes(5), Level.HIGH, Duration.ofMinutes(12)),
                Optional.empty());
        assertThat(at().level(29)).isEqualTo(Level.LOW);
        assertThat(at().level(30)).isEqualTo(Level.MEDIUM);
        assertThat(at().level(70)).isEqualTo(Level.HIGH);
        assertThat(terms.oldest(Level.LOW)).contains(Duration.ofMinutes(10));
        assertThat(terms.oldest(Level.MEDIUM)).contains(Duration.ofMinutes(5));
        assertThat(terms.oldest(Level.HIGH)).contains(Duration.ofMinutes(5));
    }

    @Test
    void terms_that_bind_nothing_are_no_terms() {
        assertThatThrownBy(() -> new RiskTerms.Weight(1, 0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RiskTerms.Weight(1, 20, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RiskTerms(Map.of(), 70, 70, Duration.ofHours(1), List.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VerificationTerms(OptionalInt.of(0), Optional.empty(), Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VerificationTerms(
                        OptionalInt.empty(), Optional.of(Duration.ofMinutes(16)), Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

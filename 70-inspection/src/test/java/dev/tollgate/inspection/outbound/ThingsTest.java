// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThingsTest {
    private static final Recall RECALL = new Recall(Letter.PRINTS);

    private static List<String> plain(String text) {
        return Things.in(text).stream().map(Things.Thing::plain).toList();
    }

    private static OutboundContext shown(Value... values) {
        Set<Long> shown = new HashSet<>();
        for (Value value : values) {
            Arrays.stream(RECALL.shown(value)).forEach(shown::add);
        }
        return new OutboundContext(Set.of(), Set.of(), Optional.of(shown), Map.of());
    }

    private static OutboundContext withheld(Value value) {
        Set<Long> withheld = new HashSet<>();
        Arrays.stream(RECALL.withheld(value)).forEach(withheld::add);
        return new OutboundContext(Set.of(), withheld, Optional.empty(), Map.of());
    }

    @Test
    void a_day_is_the_same_day_however_it_is_written() {
        List<String> ways = List.of(
                "2026-11-21",
                "21.11.2026",
                "11/21/2026",
                "21 November 2026",
                "November 21st, 2026",
                "21. novembre 2026",
                "2026-11-21T10:00:00Z");

        assertThat(ways).allSatisfy(way -> assertThat(plain("on " + way)).contains("day 2026-11-21"));
        assertThat(plain("on 21 November")).containsExactly("day of year 11 21");
    }

    @Test
    void a_number_is_the_same_number_however_it_is_grouped() {
        assertThat(List.of("1,250.50", "1.250,50", "1250.5", "1'250.50"))
                .allSatisfy(way -> assertThat(plain("EUR " + way)).contains("amount 1250p5"));
    }

    @Test
    void units_ordinals_and_grades_are_no_ids() {
        assertThat(plain("within 48hrs on the 21st floor, B2B and 24/7")).noneMatch(plain -> plain.startsWith("id "));
        assertThat(plain("see SO-1042 and PX99-4410"))
                .contains("id so1042", "amount 1042", "id px994410", "amount 4410");
    }

    @Test
    void what_was_shown_in_one_form_is_grounds_in_another() {
        OutboundContext flow = shown(
                new Value.Num(new BigDecimal("1204.50")),
                new Value.Day(LocalDate.parse("2026-11-12")),
                Value.of("CASE-77310 is about the Harbour Line router"));

        assertThat(Letter.words(
                        "Case 77310: your Harbour Line router cost EUR 1,204.50 on 12 November, 2 days late.", flow))
                .doesNotContain("ungrounded");
        assertThat(List.of(
                        "It cost EUR 1,204.05.",
                        "It came on 12 December 2026.",
                        "It came on 12 December.",
                        "See case 77311.",
                        "We give you 15 % off.",
                        "We looked at your Silver Anchor router."))
                .allSatisfy(text -> assertThat(Letter.words(text, flow)).contains("ungrounded"));
    }

    @Test
    void withheld_numbers_and_days_are_recognised_and_everyday_numbers_are_not() {
        assertThat(Letter.words("It is about 48.350,75.", withheld(new Value.Num(new BigDecimal("48350.7500")))))
                .contains("withheld-value");
        assertThat(Letter.words("Born on 3 March 1981.", withheld(new Value.Day(LocalDate.parse("1981-03-03")))))
                .contains("withheld-value");
        assertThat(RECALL.withheld(new Value.Num(new BigDecimal("12")))).isEmpty();
        assertThat(RECALL.withheld(new Value.Bool(true))).isEmpty();
    }

    @Test
    void a_text_of_a_megabyte_takes_time_that_grows_with_it() {
        // Given
        String line = "We moved Anna Berg of Harbour Line from 2026-11-12 to SO-1042 for EUR 12,50. ";

        // When
        int few = Things.in(line.repeat(10)).size();
        int many = Things.in(line.repeat(10_000)).size();

        // Then
        assertThat(many).isEqualTo(few * 1_000);
    }
}

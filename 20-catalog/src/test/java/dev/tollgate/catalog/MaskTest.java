// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            last4        | +41 44 123 45 67        | ***-4567
            last4        | DE89 3704 0044 0532 0130 00 | ***-3000
            last4        | 1234567                 | ***
            last4        | ٠١٢٣٤٥٦٧                | ***-٤٥٦٧
            last4        | no                      | ***
            email        | jane.doe@example.com    | j***@example.com
            email        | jd@example.com          | ***@example.com
            email        | jane@localhost          | ***
            email        | jane@a@example.com      | ***
            email        | jane@exa mple.com       | ***
            email        | @example.com            | ***
            email        | élodie@exämple.ch       | é***@exämple.ch
            email        | jane@ex.ch?x=secret     | ***
            email-domain | jane.doe@example.com    | ***@example.com
            email-domain | jane                    | ***
            initials     | Ada Lovelace            | A. L.
            initials     | Xu                      | ***
            initials     | 李小龙                  | 李.
            initials     | 1234 5678               | ***
            initials     | Ana María de la Cruz Soto | A. M. d. l.
            full         | anything                | ***
            year         | 1984-05-06              | ***
            range        | 12345                   | ***
            """)
    void a_text_shows_what_its_format_says(String format, String text, String shown) {
        // When
        Value masked = Mask.of(format).orElseThrow().apply(Value.of(text));

        // Then
        assertThat(masked).isEqualTo(Value.of(shown));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -0.01           | under 0
            0               | under 1000
            999.99          | under 1000
            1000            | 1000 to 10000
            9999.99         | 1000 to 10000
            1E+4            | 10000 to 100000
            123456.78       | 100000 to 1000000
            999999999999.99 | 100000000000 to 1000000000000
            1E+12           | 1000000000000 or more
            1E+1000000      | 1000000000000 or more
            """)
    void an_amount_shows_its_power_of_ten(BigDecimal amount, String shown) {
        // When
        Value masked = Mask.RANGE.apply(new Value.Num(amount));

        // Then
        assertThat(masked).isEqualTo(Value.of(shown));
    }

    @Test
    void a_date_and_a_moment_show_their_year() {
        // When
        Value day = Mask.YEAR.apply(new Value.Day(LocalDate.of(1984, 5, 6)));
        Value moment = Mask.YEAR.apply(new Value.Moment(Instant.parse("1999-12-31T23:59:59Z")));

        // Then
        assertThat(List.of(day, moment)).containsExactly(Value.of("1984"), Value.of("1999"));
    }

    @Test
    void a_list_is_masked_item_by_item_and_nothing_inside_an_item_is_shown() {
        // Given
        Value list = new Value.Items(List.of(
                Value.of("jane.doe@example.com"),
                new Value.Items(List.of(Value.of("nested@example.com"))),
                new Value.Fields(Map.of("mail", Value.of("inner@example.com")))));

        // When
        Value masked = Mask.EMAIL.apply(list);

        // Then
        assertThat(masked)
                .isEqualTo(new Value.Items(
                        List.of(Value.of("j***@example.com"), Value.of(Mask.HIDDEN), Value.of(Mask.HIDDEN))));
    }

    @Test
    void what_is_absent_stays_absent_and_a_truth_is_hidden_whole() {
        for (Mask mask : Mask.values()) {
            assertThat(mask.apply(Value.NULL)).isEqualTo(Value.NULL);
            assertThat(mask.apply(Value.of(true))).isEqualTo(Value.of(Mask.HIDDEN));
        }
    }

    @Test
    void a_long_text_is_hidden_whole() {
        // When
        Value masked = Mask.LAST4.apply(Value.of("12345678".repeat(1_000)));

        // Then
        assertThat(masked).isEqualTo(Value.of(Mask.HIDDEN));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Property;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintsProperties {
    @Test
    void the_hash_is_the_one_of_its_authors() {
        // Given: the reference vectors of SipHash-2-4 for inputs 00 01 02 …
        char[] input = {0x0100, 0x0302, 0x0504, 0x0706};

        // When
        List<Long> hashes = List.of(
                Letter.PRINTS.hash(input, 0, 0),
                Letter.PRINTS.hash(input, 0, 1),
                Letter.PRINTS.hash(input, 0, 2),
                Letter.PRINTS.hash(input, 0, 3),
                Letter.PRINTS.hash(input, 0, 4));

        // Then
        assertThat(hashes)
                .containsExactly(
                        0x726fdb47dd0e0e31L,
                        0x0d6c8009d9a94f5aL,
                        0xcf2794e0277187b7L,
                        0xcbc9466e58fee3ceL,
                        0x93f5f5799a932462L);
    }

    @Test
    void a_withheld_value_is_recognised_however_it_is_written() {
        Property.forAll(
                random -> {
                    StringBuilder number = new StringBuilder("+49 ");
                    for (int at = 0; at < 10; at++) {
                        number.append((char) ('0' + random.nextInt(10)));
                    }
                    return number.toString();
                },
                value -> {
                    OutboundContext context = withheld(value);
                    String spaced = value.replaceAll("(\\d\\d)(?=\\d)", "$1 ");
                    for (String written : List.of(value, spaced, value.replace(" ", "-"), value.replace("+", "00 +"))) {
                        assertThat(Letter.words("Call her on " + written + " today.", context))
                                .contains("withheld-value");
                    }
                    assertThat(Letter.words("Call her on +1 202 555 0143 today.", context))
                            .doesNotContain("withheld-value");
                });
    }

    @Test
    void six_words_of_a_withheld_note_are_a_repeat_and_five_are_not() {
        // Given
        OutboundContext note = withheld("The director said that the renewal is at risk because the last outage cost"
                + " them a quarter and nobody apologised for it until March");

        // When
        Set<String> six = Letter.words("We know: the renewal is at risk because, sadly.", note);
        Set<String> five = Letter.words("We know: the renewal is at risk, sadly.", note);

        // Then
        assertThat(six).contains("withheld-value");
        assertThat(five).doesNotContain("withheld-value");
    }

    @Test
    void a_fingerprint_tells_another_key_nothing() {
        // Given
        byte[] key = Letter.KEY.clone();
        key[0] ^= 1;

        // When
        long[] ours = Letter.PRINTS.of("+49 30 1234567");
        long[] theirs = new Fingerprints(key).of("+49 30 1234567");

        // Then
        assertThat(ours).hasSize(1);
        assertThat(ours[0] >>> 6).isNotEqualTo(theirs[0] >>> 6);
        assertThat(Letter.PRINTS.of("Ada")).isEmpty();
    }

    @Test
    void figures_that_nobody_showed_are_doubted() {
        // Given
        Set<Long> shown = new HashSet<>();
        for (String figure : List.of(
                Money.amount(new java.math.BigDecimal("1250.50")),
                Things.day(java.time.LocalDate.parse("2026-11-30")))) {
            Arrays.stream(Letter.PRINTS.of(figure)).forEach(shown::add);
        }
        OutboundContext context = new OutboundContext(Set.of(), Set.of(), Optional.of(shown), Map.of());

        // When
        Set<String> known = Letter.words("The bill of EUR 1,250.50 is due on 2026-11-30.", context);
        Set<String> amount = Letter.words("The bill of 12,505 EUR is due.", context);
        Set<String> day = Letter.words("It is due on 2026-12-30.", context);

        // Then
        assertThat(known).doesNotContain("ungrounded");
        assertThat(amount).contains("ungrounded");
        assertThat(day).contains("ungrounded");
    }

    private static OutboundContext withheld(String value) {
        Set<Long> prints = new HashSet<>();
        Arrays.stream(Letter.PRINTS.of(value)).forEach(prints::add);
        return new OutboundContext(Set.of(), prints, Optional.empty(), Map.of());
    }
}

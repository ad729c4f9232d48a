// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Changes;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffTest {
    private static final String TRICKS = "aе\u202E\u2066\u200B\u00AD\u00A0\uFEFF\uDB40\uDC41\uD800αβр1 \n\u0007é漢かテ한";

    private static String originals(List<Piece> pieces) {
        return pieces.stream().map(Piece::original).collect(Collectors.joining());
    }

    private static List<Piece> pieces(String text) {
        return VisibleText.pieces(text);
    }

    @Requirement("B-11")
    @Test
    void every_field_is_shown_before_and_after_whole() {
        // Given
        String long1 = "x".repeat(50_000);
        Change change = Changes.amount()
                .from(Map.of("amount", Value.of(100), "notes", Value.of("old"), "stage", Value.of("open")))
                .to(Map.of("amount", Value.of("100"), "notes", Value.of(long1), "stage", Value.of("open")))
                .change();

        // When
        Diff diff = Diff.of(change);

        // Then
        assertThat(diff.lines()).extracting(line -> originals(line.name())).containsExactly("amount", "notes", "stage");
        assertThat(diff.lines()).extracting(Diff.Line::changed).containsExactly(true, true, false);
        assertThat(originals(diff.lines().get(1).before().orElseThrow())).isEqualTo("old");
        assertThat(originals(diff.lines().get(1).after().orElseThrow())).isEqualTo(long1);
        assertThat(diff.suspicious()).isFalse();
        assertThat(diff.reversibility()).isEqualTo("reversible");
    }

    @Requirement("B-11")
    @Test
    void text_from_outside_is_marked() {
        // Given
        Change plain = Changes.amount().change();
        Change marked = new Change(
                plain.target(),
                plain.record(),
                plain.before(),
                plain.after(),
                plain.recordVersion(),
                plain.agent(),
                plain.user(),
                plain.tenant(),
                plain.policy(),
                plain.workflow(),
                plain.reversibility(),
                new TreeSet<>(List.of("amount")));

        // Then
        assertThat(Diff.of(plain).lines()).extracting(Diff.Line::outside).containsExactly(false);
        assertThat(Diff.of(marked).lines()).extracting(Diff.Line::outside).containsExactly(true);
    }

    @Requirement("B-11")
    @ParameterizedTest
    @CsvSource({
        "'pay\u202Eyap', BIDI, U+202E RIGHT-TO-LEFT OVERRIDE",
        "'\u2066x\u2069', BIDI, U+2066 LEFT-TO-RIGHT ISOLATE",
        "'a\u200Bb', INVISIBLE, U+200B ZERO WIDTH SPACE",
        "'a\u00A0b', INVISIBLE, U+00A0 NO-BREAK SPACE",
        "'a\u0007b', INVISIBLE, U+0007 BEL",
        "'a\u00ADb', INVISIBLE, U+00AD SOFT HYPHEN",
        "'\uDB40\uDC41', INVISIBLE, U+0E0041 TAG LATIN CAPITAL LETTER A",
        "'p\u0430ypal.com', CONFUSABLE, '\u0430 U+0430 CYRILLIC SMALL LETTER A'",
        "'\u0440\u0430\u0443\u0440\u0430', CONFUSABLE, '\u0440 U+0440 CYRILLIC SMALL LETTER ER'",
        "'IBAN \uFF11', CONFUSABLE, '\uFF11 U+FF11 FULLWIDTH DIGIT ONE'"
    })
    void what_a_person_would_not_see_is_shown_by_name(String text, Piece.Kind kind, String shown) {
        assertThat(pieces(text))
                .filteredOn(piece -> piece.kind() != Piece.Kind.PLAIN)
                .first()
                .satisfies(piece -> {
                    assertThat(piece.kind()).isEqualTo(kind);
                    assertThat(piece.shown()).isEqualTo(shown);
                });
    }

    @Requirement("B-11")
    @ParameterizedTest
    @ValueSource(strings = {"Grüße aus Köln", "Привет, как дела", "東京タワーへ行く", "한국어 문장", "Καλημέρα σας", "a\tb\nc", ""})
    void honest_text_of_any_language_is_plain(String text) {
        assertThat(pieces(text)).allMatch(piece -> piece.kind() == Piece.Kind.PLAIN);
    }

    @Requirement("B-11")
    @Test
    void nothing_of_any_text_is_left_out() {
        Property.forAll(
                DiffTest::text, text -> assertThat(originals(pieces(text))).isEqualTo(text));
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int at = random.nextInt(40); at > 0; at--) {
            text.append(TRICKS.charAt(random.nextInt(TRICKS.length())));
        }
        return text.toString();
    }

    @Test
    void a_stored_change_comes_back_as_it_was() {
        // Given
        Change change = Changes.amount()
                .from(Map.of())
                .to(Map.of(
                        "number",
                        new Value.Num(new BigDecimal("1.5")),
                        "text",
                        Value.of("{\"n\":\"1\"}\n"),
                        "truth",
                        Value.of(true),
                        "nothing",
                        Value.NULL,
                        "day",
                        new Value.Day(LocalDate.parse("2026-11-21")),
                        "moment",
                        new Value.Moment(Instant.parse("2026-11-21T10:00:00Z")),
                        "items",
                        Value.texts(List.of("a", "b")),
                        "fields",
                        new Value.Fields(Map.of("n", Value.of("5")))))
                .change();

        // When
        Change back = ChangeText.change(ChangeText.of(change));

        // Then
        assertThat(back).isEqualTo(change);
        assertThat(back.bound()).isEqualTo(change.bound());
    }

    @Requirement("B-3")
    @Test
    void equal_amounts_have_one_digest_and_a_text_is_no_number() {
        Changes base = Changes.amount();
        assertThat(base.to(Map.of("amount", new Value.Num(new BigDecimal("1.50"))))
                        .change()
                        .digest())
                .isEqualTo(base.to(Map.of("amount", new Value.Num(new BigDecimal("1.5"))))
                        .change()
                        .digest())
                .isNotEqualTo(
                        base.to(Map.of("amount", Value.of("1.5"))).change().digest());
    }
}

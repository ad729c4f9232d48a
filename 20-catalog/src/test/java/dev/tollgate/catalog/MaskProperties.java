// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MaskProperties {
    private static final List<Mask> MASKS = List.of(Mask.values());

    private record Case(Mask mask, Value value) {}

    @Test
    void no_mask_of_any_value_shows_more_letters_and_digits_than_its_format_says() {
        Property.forAll(5_000, MaskProperties::text, one -> {
            String shown = ((Value.Text) one.mask().apply(one.value())).text();
            String bare = shown.replace(Mask.HIDDEN, "");
            long letters = bare.codePoints().filter(Character::isLetterOrDigit).count();
            switch (one.mask()) {
                case FULL, YEAR, RANGE -> assertThat(shown).isEqualTo(Mask.HIDDEN);
                case LAST4 -> assertThat(letters).isIn(0L, 4L);
                case INITIALS -> assertThat(letters).isLessThanOrEqualTo(4);
                case EMAIL -> assertThat(bare.indexOf('@')).isLessThanOrEqualTo(2);
                case EMAIL_DOMAIN -> assertThat(bare.indexOf('@')).isLessThanOrEqualTo(0);
            }
        });
    }

    @Test
    void equal_values_have_equal_masks() {
        Property.forAll(2_000, MaskProperties::any, one -> {
            Value again = copy(one.value());
            assertThat(one.mask().apply(again)).isEqualTo(one.mask().apply(one.value()));
        });
    }

    @Test
    void masking_twice_shows_no_more_than_masking_once() {
        Property.forAll(5_000, MaskProperties::any, one -> {
            Value once = one.mask().apply(one.value());
            Value twice = one.mask().apply(once);
            assertThat(letters(twice)).isLessThanOrEqualTo(letters(once));
        });
    }

    @Test
    void a_text_of_up_to_seven_letters_is_never_shown_whole() {
        Property.forAll(5_000, MaskProperties::shortText, one -> {
            String given = ((Value.Text) one.value()).text();
            String shown = ((Value.Text) one.mask().apply(one.value())).text();
            assertThat(shown)
                    .satisfiesAnyOf(
                            text -> assertThat(text).doesNotContain(given),
                            text -> assertThat(text).isEqualTo(Mask.HIDDEN));
        });
    }

    @Test
    void a_mask_never_cuts_a_character_in_two() {
        Property.forAll(5_000, MaskProperties::text, one -> {
            String given = ((Value.Text) one.value()).text();
            String shown = ((Value.Text) one.mask().apply(one.value())).text();
            boolean whole = given.codePoints().noneMatch(MaskProperties::lone);
            assertThat(whole && shown.codePoints().anyMatch(MaskProperties::lone))
                    .isFalse();
        });
    }

    @Test
    void a_mask_that_fits_a_type_hides_most_of_its_values() {
        Property.forAll(1_000, random -> new BigDecimal(random.nextInt(2_000, Integer.MAX_VALUE)), number -> {
            String shown = ((Value.Text) Mask.RANGE.apply(new Value.Num(number))).text();
            BigDecimal from = new BigDecimal(shown.substring(0, shown.indexOf(' ')));
            assertThat(number).isBetween(from, from.movePointRight(1));
            assertThat(from.unscaledValue().toString().replace("0", "")).isEqualTo("1");
        });
    }

    private static boolean lone(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    private static long letters(Value value) {
        return CanonicalJson.text(value)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .count();
    }

    private static Value copy(Value value) {
        return value instanceof Value.Text text
                ? Value.of(new String(text.text().toCharArray()))
                : value;
    }

    private static Mask mask(RandomGenerator random) {
        return MASKS.get(random.nextInt(MASKS.size()));
    }

    private static Case shortText(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(2, 8); left > 0; left--) {
            text.appendCodePoint(random.nextInt('a', 'z' + 1));
        }
        return new Case(mask(random), Value.of(text.toString()));
    }

    private static Case text(RandomGenerator random) {
        List<String> parts = List.of(
                "@", ".", " ", "a", "B", "7", "é", "李", "😀", "\u202E", "\u0301", "\uD800", "example", "-", "\n");
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(0, 24); left > 0; left--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return new Case(mask(random), Value.of(text.toString()));
    }

    private static Case any(RandomGenerator random) {
        Value value = switch (random.nextInt(6)) {
            case 0 -> new Value.Num(new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(6)));
            case 1 -> new Value.Day(LocalDate.ofEpochDay(random.nextInt(40_000)));
            case 2 -> new Value.Moment(Instant.ofEpochSecond(random.nextInt()));
            case 3 -> items(random);
            case 4 -> Value.of(random.nextBoolean());
            default -> text(random).value();
        };
        return new Case(mask(random), value);
    }

    private static Value items(RandomGenerator random) {
        List<Value> items = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            items.add(text(random).value());
        }
        return new Value.Items(items);
    }
}

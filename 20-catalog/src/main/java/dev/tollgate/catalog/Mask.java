// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a value is shown in part. A format belongs to the field's contract and is never improvised.
///
/// Every format falls back to `***` when the value is not of the shape that the format is for, or is so short that the
/// part would give the whole away. A masked value is text and says that there is a value; an absent one stays absent. A
/// list is masked item by item. Masking what is masked already shows no more.
public enum Mask {
    /// `***`: only that there is a value.
    FULL,
    /// The last four letters or digits, for phones, account and card numbers: `***-1234`. Needs at least eight.
    LAST4,
    /// The first letter and the domain of an e-mail address: `j***@example.com`.
    EMAIL,
    /// The domain of an e-mail address: `***@example.com`.
    EMAIL_DOMAIN,
    /// The first letter of each of the first four words of a name: `A. L.`.
    INITIALS,
    /// The year of a date or a moment (UTC): `1984`.
    YEAR,
    /// The power of ten that an amount lies in: `10000 to 100000`.
    RANGE;

    /// What stands for the part that is not shown.
    public static final String HIDDEN = "***";

    private static final Value ALL_HIDDEN = Value.of(HIDDEN);

    /// Longer texts are no phone, address, name or number, and are not read through to mask them.
    private static final int CHARS_MAX = 1_000;

    /// Items of a list that are masked one by one; a longer list is hidden whole.
    private static final int ITEMS_MAX = 1_000;

    private static final int TAIL = 4;
    private static final int TAIL_NEEDS = 2 * TAIL;
    private static final int WORDS_MAX = 4;
    private static final int LETTERS_MIN = 3;
    private static final int LOCAL_MIN = 3;
    private static final BigDecimal RANGE_FIRST = BigDecimal.valueOf(1_000);
    private static final BigDecimal RANGE_LAST = BigDecimal.valueOf(1_000_000_000_000L);

    /// The word used in contracts, for example `email-domain`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The format of that word, or nothing when there is none.
    public static Optional<Mask> of(String word) {
        return Words.find(values(), Mask::word, word);
    }

    /// Whether the format is for fields of this type.
    public boolean fits(ValueType type) {
        return switch (this) {
            case FULL -> true;
            case LAST4, EMAIL, EMAIL_DOMAIN, INITIALS -> type == ValueType.TEXT || type == ValueType.LIST;
            case YEAR -> type == ValueType.DATE || type == ValueType.MOMENT;
            case RANGE -> type == ValueType.INTEGER || type == ValueType.DECIMAL;
        };
    }

    /// The part of `value` that the format shows.
    public Value apply(Value value) {
        return switch (value) {
            case Value.Null none -> none;
            case Value.Text text -> text(text.text());
            case Value.Num num -> this == RANGE ? Value.of(range(num.number())) : ALL_HIDDEN;
            case Value.Day day -> year(day.date().getYear());
            case Value.Moment moment -> year(yearOf(moment.instant()));
            case Value.Items items -> items(items);
            case Value.Bool _, Value.Fields _ -> ALL_HIDDEN;
        };
    }

    private Value items(Value.Items items) {
        if (this == FULL || items.values().size() > ITEMS_MAX) {
            return ALL_HIDDEN;
        }
        List<Value> masked = new ArrayList<>(items.values().size());
        for (Value item : items.values()) {
            boolean nested = item instanceof Value.Items;
            masked.add(nested ? ALL_HIDDEN : apply(item));
        }
        return new Value.Items(masked);
    }

    private Value text(String text) {
        if (text.length() > CHARS_MAX) {
            return ALL_HIDDEN;
        }
        return Value.of(
                switch (this) {
                    case FULL, YEAR, RANGE -> HIDDEN;
                    case LAST4 -> tail(text);
                    case EMAIL -> email(text, true);
                    case EMAIL_DOMAIN -> email(text, false);
                    case INITIALS -> initials(text);
                });
    }

    private Value year(int year) {
        return this == YEAR ? Value.of(Integer.toString(year)) : ALL_HIDDEN;
    }

    private static int yearOf(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).getYear();
    }

    private static String tail(String text) {
        int[] shown = text.codePoints().filter(Character::isLetterOrDigit).toArray();
        if (shown.length < TAIL_NEEDS) {
            return HIDDEN;
        }
        return HIDDEN + "-" + new String(shown, shown.length - TAIL, TAIL);
    }

    private static String email(String text, boolean first) {
        int at = text.indexOf('@');
        boolean one = at > 0 && at == text.lastIndexOf('@') && at < text.length() - 1;
        if (!one || !text.codePoints().skip(at).allMatch(Mask::addressed) || !isDomain(text.substring(at + 1))) {
            return HIDDEN;
        }
        int letter = text.codePointAt(0);
        boolean enough = text.codePointCount(0, at) >= LOCAL_MIN && Character.isLetterOrDigit(letter);
        return (first && enough ? Character.toString(letter) : "") + HIDDEN + text.substring(at);
    }

    private static boolean addressed(int c) {
        return c == '@' || c == '.' || c == '-' || Character.isLetterOrDigit(c);
    }

    private static boolean isDomain(String domain) {
        int dot = domain.indexOf('.');
        return dot > 0 && !domain.endsWith(".") && !domain.contains("..");
    }

    private static String initials(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        if (letters < LETTERS_MIN) {
            return HIDDEN;
        }
        List<String> shown = new ArrayList<>();
        for (String word : text.strip().split("\\s+", WORDS_MAX + 1)) {
            int letter = word.isEmpty() ? ' ' : word.codePointAt(0);
            if (Character.isLetter(letter) && shown.size() < WORDS_MAX) {
                shown.add(Character.toString(letter) + ".");
            }
        }
        return shown.isEmpty() ? HIDDEN : String.join(" ", shown);
    }

    private static String range(BigDecimal number) {
        if (number.signum() < 0) {
            return "under 0";
        }
        if (number.compareTo(RANGE_FIRST) < 0) {
            return "under " + RANGE_FIRST.toPlainString();
        }
        if (number.compareTo(RANGE_LAST) >= 0) {
            return RANGE_LAST.toPlainString() + " or more";
        }
        BigDecimal from = BigDecimal.ONE.movePointRight(number.precision() - number.scale() - 1);
        return from.toPlainString() + " to " + from.movePointRight(1).toPlainString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what an agent gives for a field into a value of the field's type. Bounded, exact, and quiet: a
/// problem says what the field takes, never what was given.
final class Given {
    /// Characters of a text that a condition compares with.
    static final int CONDITION_CHARS_MAX = 500;

    /// Characters of a text of a new record.
    static final int TEXT_CHARS_MAX = 4_000;

    /// Items of an `in` condition; more is an export in disguise.
    static final int ITEMS_MAX = 100;

    private static final int ID_CHARS_MAX = 256;
    private static final int DIGITS_MAX = 38;
    private static final int SCALE_MAX = 18;
    private static final int NUMBER_CHARS_MAX = 64;
    private static final int TIME_CHARS_MAX = 40;
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,38}(\\.[0-9]{1,18})?");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final FieldType field;
    private final String at;
    private final List<String> problems;

    /// @param at JSON pointer of the place
    Given(FieldType field, String at, List<String> problems) {
        this.field = field;
        this.at = at;
        this.problems = problems;
    }

    /// What a condition compares the field with.
    Optional<Value> condition(Comparison comparison, Value value) {
        if (!compares(comparison)) {
            return fault("cannot be `" + comparison.word() + "` for a field of type `"
                    + field.type().word() + "`");
        }
        return switch (comparison) {
            case EQUALS, NOT_EQUALS -> single(value, CONDITION_CHARS_MAX, true);
            case LESS, AT_MOST, GREATER, AT_LEAST, STARTS_WITH, CONTAINS -> single(value, CONDITION_CHARS_MAX, false);
            case IN -> list(value, CONDITION_CHARS_MAX);
        };
    }

    /// What a new record has in the field.
    Optional<Value> setting(Value value) {
        return field.type() == ValueType.LIST ? list(value, CONDITION_CHARS_MAX) : single(value, TEXT_CHARS_MAX, true);
    }

    /// Whether fields of this type are compared in this way.
    private boolean compares(Comparison comparison) {
        return comparisons(field.type()).contains(comparison);
    }

    static List<Comparison> comparisons(ValueType type) {
        return switch (type) {
            case TEXT ->
                List.of(
                        Comparison.EQUALS,
                        Comparison.NOT_EQUALS,
                        Comparison.STARTS_WITH,
                        Comparison.CONTAINS,
                        Comparison.IN);
            case REFERENCE -> List.of(Comparison.EQUALS, Comparison.NOT_EQUALS, Comparison.IN);
            case BOOLEAN -> List.of(Comparison.EQUALS, Comparison.NOT_EQUALS);
            case INTEGER, DECIMAL, DATE, MOMENT ->
                List.of(
                        Comparison.EQUALS,
                        Comparison.NOT_EQUALS,
                        Comparison.LESS,
                        Comparison.AT_MOST,
                        Comparison.GREATER,
                        Comparison.AT_LEAST,
                        Comparison.IN);
            case LIST -> List.of();
        };
    }

    private Optional<Value> list(Value value, int charsMax) {
        if (!(value instanceof Value.Items items)
                || items.values().isEmpty()
                || items.values().size() > ITEMS_MAX) {
            return fault("must be a list of 1 to " + ITEMS_MAX + " items");
        }
        List<Value> typed = new ArrayList<>();
        for (Value item : items.values()) {
            Optional<Value> one = single(item, charsMax, true);
            if (one.isEmpty()) {
                return one;
            }
            typed.add(one.get());
        }
        return Optional.of(new Value.Items(typed));
    }

    private Optional<Value> single(Value value, int charsMax, boolean whole) {
        return switch (field.type()) {
            case TEXT, LIST -> text(value, charsMax, whole);
            case REFERENCE -> reference(value);
            case INTEGER -> integer(value);
            case DECIMAL -> decimal(value);
            case BOOLEAN -> value instanceof Value.Bool ? Optional.of(value) : fault("must be true or false");
            case DATE -> day(value);
            case MOMENT -> moment(value);
        };
    }

    private Optional<Value> text(Value value, int charsMax, boolean whole) {
        boolean fits = value instanceof Value.Text text
                && !text.text().isEmpty()
                && text.text().length() <= charsMax
                && storable(text.text());
        if (!fits) {
            return fault("must be text of 1 to " + charsMax + " characters without control characters");
        }
        boolean listed = !whole
                || field.picklist().isEmpty()
                || (value instanceof Value.Text text && field.picklist().contains(text.text()));
        return listed ? Optional.of(value) : fault("must be one of " + String.join(", ", field.picklist()));
    }

    /// A database, a log line and a person all take it for the same text.
    private static boolean storable(String text) {
        return text.codePoints().allMatch(c -> {
            boolean layout = c == '\n' || c == '\r' || c == '\t';
            return layout || (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE);
        });
    }

    private Optional<Value> reference(Value value) {
        boolean fits = value instanceof Value.Text text
                && !text.text().isBlank()
                && text.text().length() <= ID_CHARS_MAX
                && text.text().chars().noneMatch(Character::isISOControl);
        return fits ? Optional.of(value) : fault("must be the id of a record, as text");
    }

    private Optional<Value> integer(Value value) {
        boolean fits = value instanceof Value.Num num
                && bounded(num.number())
                && num.number().stripTrailingZeros().scale() <= 0
                && num.number().abs().compareTo(LONG_MAX) <= 0;
        return fits ? Optional.of(value) : fault("must be a whole number");
    }

    private Optional<Value> decimal(Value value) {
        if (value instanceof Value.Num num && bounded(num.number())) {
            return Optional.of(value);
        }
        boolean written = value instanceof Value.Text text
                && text.text().length() <= NUMBER_CHARS_MAX
                && DECIMAL.matcher(text.text()).matches();
        return written && value instanceof Value.Text text
                ? Optional.of(new Value.Num(new BigDecimal(text.text())))
                : fault("must be a number, or a decimal number as text");
    }

    /// Looked at before any arithmetic: a number of ten characters can stand for a billion digits.
    private static boolean bounded(BigDecimal number) {
        return number.precision() <= DIGITS_MAX && Math.abs((long) number.scale()) <= SCALE_MAX;
    }

    /// A whole number from 1 to a million, or 0 when it is none.
    static int small(BigDecimal number) {
        boolean fits = bounded(number)
                && number.stripTrailingZeros().scale() <= 0
                && number.signum() > 0
                && number.compareTo(BigDecimal.valueOf(1_000_000)) <= 0;
        return fits ? number.intValue() : 0;
    }

    private Optional<Value> day(Value value) {
        if (value instanceof Value.Text text && DAY.matcher(text.text()).matches()) {
            try {
                return Optional.of(new Value.Day(LocalDate.parse(text.text())));
            } catch (DateTimeException _) {
                return fault("must be a date such as 2026-01-31");
            }
        }
        return fault("must be a date such as 2026-01-31");
    }

    private Optional<Value> moment(Value value) {
        if (value instanceof Value.Text text && text.text().length() <= TIME_CHARS_MAX) {
            try {
                Instant instant = OffsetDateTime.parse(text.text()).toInstant();
                int year = OffsetDateTime.parse(text.text()).getYear();
                return year >= 1 && year <= 9_999
                        ? Optional.of(new Value.Moment(instant))
                        : fault("must be a moment between the years 1 and 9999");
            } catch (DateTimeException _) {
                return fault("must be a moment such as 2026-01-31T08:00:00Z");
            }
        }
        return fault("must be a moment such as 2026-01-31T08:00:00Z");
    }

    private <T> Optional<T> fault(String must) {
        problems.add("`" + at + "` " + must);
        return Optional.empty();
    }
}

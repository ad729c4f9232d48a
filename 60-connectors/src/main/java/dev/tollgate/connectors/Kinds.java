// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings values to the form that a column's kind has in Tollgate, or says that they have none.
final class Kinds {
    /// Digits of the largest amount anybody has: longer numbers are a fault or an attack on whoever prints them.
    private static final int DIGITS_MAX = 60;

    private static final int MIN_SURROGATE = 0xD800;
    private static final int MAX_SURROGATE = 0xDFFF;

    private Kinds() {}

    /// What a system sent for a column. Nothing is always allowed: any column can be empty.
    static Optional<Value> read(Ask.Kind kind, Value value) {
        return switch (value) {
            case Value.Null _ -> Optional.of(value);
            case Value.Items items -> kind == Ask.Kind.LIST ? list(items) : Optional.empty();
            case Value.Fields _ -> Optional.empty();
            case Value.Num num when kind == Ask.Kind.RECORD -> recordId(num);
            case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _ ->
                single(kind, value) ? Optional.of(value) : Optional.empty();
        };
    }

    /// What a condition compares a column with.
    static Optional<Value> asked(Ask.Kind kind, Value value) {
        // A window rule on a column that knows only days: the day on which the window begins is inside.
        if (kind == Ask.Kind.DAY && value instanceof Value.Moment moment) {
            return Optional.of(
                    new Value.Day(moment.instant().atOffset(ZoneOffset.UTC).toLocalDate()));
        }
        return single(kind, value) ? Optional.of(value) : Optional.empty();
    }

    private static boolean single(Ask.Kind kind, Value value) {
        return switch (kind) {
            case TEXT, RECORD -> value instanceof Value.Text;
            case NUMBER -> value instanceof Value.Num num && bounded(num.number());
            case WHOLE ->
                value instanceof Value.Num num
                        && bounded(num.number())
                        && num.number().stripTrailingZeros().scale() <= 0;
            case TRUTH -> value instanceof Value.Bool;
            case DAY -> value instanceof Value.Day;
            case MOMENT -> value instanceof Value.Moment;
            case LIST -> false;
        };
    }

    private static Optional<Value> recordId(Value.Num num) {
        return single(Ask.Kind.WHOLE, num)
                ? Optional.of(Value.of(num.number().toBigIntegerExact().toString()))
                : Optional.empty();
    }

    private static Optional<Value> list(Value.Items items) {
        List<Value> values = new ArrayList<>();
        for (Value item : items.values()) {
            boolean plain = loose(item, 0) && !(item instanceof Value.Items || item instanceof Value.Fields);
            if (!plain) {
                return Optional.empty();
            }
            values.add(item);
        }
        return Optional.of(new Value.Items(values));
    }

    /// Whether a value that no contract describes may go on: bounded numbers, bounded depth.
    static boolean loose(Value value, int depth) {
        return depth <= DEPTH_MAX
                && switch (value) {
                    case Value.Num num -> bounded(num.number());
                    case Value.Items items -> items.values().stream().allMatch(item -> loose(item, depth + 1));
                    case Value.Fields fields ->
                        fields.values().values().stream().allMatch(item -> loose(item, depth + 1));
                    case Value.Text _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> true;
                };
    }

    /// Records of a CRM are flat; a related record inside one is the deepest that is met.
    private static final int DEPTH_MAX = 8;

    private static boolean bounded(BigDecimal number) {
        return number.precision() <= DIGITS_MAX && Math.abs(number.scale()) <= DIGITS_MAX;
    }

    /// Whether a database can hold the text: none holds U+0000 or half a surrogate pair, and each says so in its own
    /// way, some by an error that looks like a fault of theirs.
    static boolean storable(Value value) {
        return switch (value) {
            case Value.Text text ->
                text.text().indexOf(0) < 0
                        && text.text().codePoints().noneMatch(c -> c >= MIN_SURROGATE && c <= MAX_SURROGATE);
            case Value.Items items -> items.values().stream().allMatch(Kinds::storable);
            case Value.Fields _ -> false;
            case Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> true;
        };
    }

    /// Characters of the texts in a value, for the limit on bytes.
    static long weight(Value value) {
        return switch (value) {
            case Value.Text text -> text.text().length();
            case Value.Items items ->
                items.values().stream().mapToLong(Kinds::weight).sum();
            case Value.Fields fields ->
                fields.values().values().stream().mapToLong(Kinds::weight).sum();
            case Value.Num _, Value.Bool _, Value.Day _, Value.Moment _ -> 8;
            case Value.Null _ -> 0;
        };
    }
}

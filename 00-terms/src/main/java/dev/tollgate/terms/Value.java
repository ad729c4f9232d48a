// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A value as it crosses Tollgate: an argument of a call, a field of a record, a part of an audit
/// entry. Closed, immutable and free of any wire format.
public sealed interface Value {
    /// Nothing: JSON `null`, an empty column.
    Null NULL = new Null();

    /// Text of any length.
    record Text(String text) implements Value {
        /// Values can be personal data: only the kind and the length are printed.
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /// A number, exact. Amounts are never floating point.
    record Num(BigDecimal number) implements Value {
        @Override
        public String toString() {
            return "Num[***]";
        }
    }

    /// True or false.
    record Bool(boolean truth) implements Value {}

    /// A calendar date without a time zone.
    record Day(LocalDate date) implements Value {
        @Override
        public String toString() {
            return "Day[***]";
        }
    }

    /// A moment in time.
    record Moment(Instant instant) implements Value {
        @Override
        public String toString() {
            return "Moment[***]";
        }
    }

    /// A list of values, in order.
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// Named values, sorted by name (UTF-16 code units, as RFC 8785 §3.2.3 sorts them).
    record Fields(Map<String, Value> values) implements Value {
        public Fields {
            values = SortedFields.of(values);
        }
    }

    /// Nothing.
    record Null() implements Value {}

    /// Shorthand for text.
    static Value of(String text) {
        return new Text(text);
    }

    /// Shorthand for a whole number.
    static Value of(long number) {
        return new Num(BigDecimal.valueOf(number));
    }

    /// Shorthand for a truth value.
    static Value of(boolean truth) {
        return new Bool(truth);
    }

    /// A list of texts.
    static Items texts(Iterable<String> texts) {
        List<Value> values = new ArrayList<>();
        texts.forEach(text -> values.add(new Text(text)));
        return new Items(values);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// The stamp of a record's state where a column holds it: text outside, the column's own value inside.
final class Stamps {
    private static final int CHARS_MAX = 60;

    private Stamps() {}

    /// The stamp that a column's value is, or nothing when the record has none.
    static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text text -> Optional.of(text.text());
            case Value.Num num -> Optional.of(num.number().toPlainString());
            case Value.Moment moment -> Optional.of(moment.instant().toString());
            case Value.Bool _, Value.Day _, Value.Items _, Value.Fields _, Value.Null _ -> Optional.empty();
        };
    }

    /// The column's value that a stamp is, or nothing when the column cannot hold it.
    static Optional<Value> value(Ask.Kind kind, String stamp) {
        try {
            return switch (kind) {
                case TEXT, RECORD -> Optional.of(Value.of(stamp)).filter(Kinds::storable);
                case WHOLE, NUMBER ->
                    stamp.length() > CHARS_MAX
                            ? Optional.empty()
                            : Kinds.asked(kind, new Value.Num(new BigDecimal(stamp)));
                case MOMENT -> Optional.of(new Value.Moment(Instant.parse(stamp)));
                case TRUTH, DAY, LIST -> Optional.empty();
            };
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }
}

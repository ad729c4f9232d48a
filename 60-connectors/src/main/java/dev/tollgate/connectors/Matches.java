// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.util.Locale;
import java.util.OptionalInt;

/// Whether a value meets a comparison, as every door's query language must answer it too. Nothing compares with
/// nothing, and values of different kinds are never equal, less or greater.
final class Matches {
    private Matches() {}

    static boolean holds(Value actual, Comparison comparison, Value wanted) {
        return switch (comparison) {
            case EQUALS -> order(actual, wanted).orElse(1) == 0;
            case NOT_EQUALS -> order(actual, wanted).orElse(0) != 0;
            case LESS -> order(actual, wanted).orElse(0) < 0;
            case AT_MOST -> order(actual, wanted).orElse(1) <= 0;
            case GREATER -> order(actual, wanted).orElse(0) > 0;
            case AT_LEAST -> order(actual, wanted).orElse(-1) >= 0;
            case STARTS_WITH ->
                actual instanceof Value.Text text
                        && wanted instanceof Value.Text prefix
                        && folded(text).startsWith(folded(prefix));
            case CONTAINS ->
                actual instanceof Value.Text text
                        && wanted instanceof Value.Text part
                        && folded(text).contains(folded(part));
            case IN ->
                wanted instanceof Value.Items items
                        && items.values().stream()
                                .anyMatch(item -> order(actual, item).orElse(1) == 0);
        };
    }

    private static String folded(Value.Text text) {
        return text.text().toLowerCase(Locale.ROOT);
    }

    private static OptionalInt order(Value one, Value other) {
        return switch (one) {
            case Value.Text text
            when other instanceof Value.Text with -> OptionalInt.of(text.text().compareTo(with.text()));
            case Value.Num num
            when other instanceof Value.Num with -> OptionalInt.of(num.number().compareTo(with.number()));
            case Value.Bool bool
            when other instanceof Value.Bool with -> OptionalInt.of(Boolean.compare(bool.truth(), with.truth()));
            case Value.Day day
            when other instanceof Value.Day with -> OptionalInt.of(day.date().compareTo(with.date()));
            case Value.Moment moment
            when other instanceof Value.Moment with ->
                OptionalInt.of(moment.instant().compareTo(with.instant()));
            case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _ -> OptionalInt.empty();
            case Value.Items _, Value.Fields _, Value.Null _ -> OptionalInt.empty();
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.SqlBuilder;
import dev.tollgate.connectors.SqlDialect;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the demo CRM keeps values in a store that knows text and whole numbers, exactly and alike on both
/// databases: decimals as ten-thousandths, moments as microseconds, days as ISO 8601 text, truth as 0 and
/// 1, lists as lines.
final class DemoDialect implements SqlDialect {
    /// Every table of the demo CRM begins with it, so that no contract can reach a table of Tollgate's own.
    static final String PREFIX = "demo_";

    static final int DECIMALS = 4;
    private static final Pattern OBJECT = Pattern.compile("[a-z][a-z_]{0,40}");
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /// No row holds it, and it is less than every row.
    private static final long NEVER = Long.MIN_VALUE;

    @Override
    public String table(String object) {
        if (!OBJECT.matcher(object).matches()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return SqlBuilder.quoted(PREFIX + object);
    }

    private final Store.Database database;

    /// @param database whose index of words it speaks to
    DemoDialect(Store.Database database) {
        this.database = database;
    }

    @Override
    public String hit(String object, Ask.Column column) {
        String index = SqlBuilder.quoted(DemoKnowledge.index(object));
        return switch (database) {
            case SQLITE -> "\"id\" in (select \"id\" from " + index + " where " + index + " match ?)";
            case POSTGRES ->
                "\"id\" in (select \"id\" from " + index + " where " + SqlBuilder.quoted(column.upstream())
                        + " @@ cast(? as tsquery))";
        };
    }

    /// A word of letters and digits, in quotes: to neither database is there an operator in it.
    @Override
    public Object word(Ask.Column column, String word) {
        return switch (database) {
            case SQLITE -> column.upstream() + " : \"" + word + "\"";
            case POSTGRES -> "'" + word + "'";
        };
    }

    @Override
    public Object compared(Ask.Kind kind, Comparison comparison, Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Bool bool -> bool.truth();
            case Value.Day day -> day.date().toString();
            case Value.Moment moment -> moment.instant().truncatedTo(ChronoUnit.MICROS);
            case Value.Num num -> number(kind, comparison, num.number());
            case Value.Items _, Value.Fields _, Value.Null _ -> throw new UpstreamBroken(Why.UNSUPPORTED);
        };
    }

    /// The whole number that compares with whole numbers as `number` compares with what they stand for.
    private static long number(Ask.Kind kind, Comparison comparison, BigDecimal number) {
        BigDecimal scaled = kind == Ask.Kind.NUMBER ? number.scaleByPowerOfTen(DECIMALS) : number;
        boolean exact = scaled.stripTrailingZeros().scale() <= 0;
        if (scaled.abs().compareTo(LONG_MAX) >= 0) {
            return scaled.signum() < 0 || equality(comparison) ? NEVER : Long.MAX_VALUE;
        }
        if (exact) {
            return scaled.longValueExact();
        }
        return switch (comparison) {
            case LESS, AT_LEAST -> scaled.setScale(0, RoundingMode.CEILING).longValueExact();
            case AT_MOST, GREATER -> scaled.setScale(0, RoundingMode.FLOOR).longValueExact();
            case EQUALS, NOT_EQUALS, IN, STARTS_WITH, CONTAINS -> NEVER;
        };
    }

    private static boolean equality(Comparison comparison) {
        return switch (comparison) {
            case EQUALS, NOT_EQUALS, IN -> true;
            case LESS, AT_MOST, GREATER, AT_LEAST, STARTS_WITH, CONTAINS -> false;
        };
    }

    @Override
    public @Nullable Object set(Ask.Kind kind, Value value) {
        return switch (value) {
            case Value.Null _ -> null;
            case Value.Items items ->
                String.join(
                        "\n",
                        items.values().stream()
                                .flatMap(item -> item instanceof Value.Text text ? Stream.of(text.text()) : Stream.of())
                                .toList());
            case Value.Num num when kind == Ask.Kind.NUMBER -> fixed(num.number());
            case Value.Text _, Value.Bool _, Value.Day _, Value.Moment _, Value.Num _ ->
                compared(kind, Comparison.EQUALS, value);
            case Value.Fields _ -> throw new UpstreamBroken(Why.UNSUPPORTED);
        };
    }

    @Override
    public String stamp() {
        return "cast(\"row_version\" as text)";
    }

    @Override
    public Optional<String> restamped() {
        return Optional.of("\"row_version\" = \"row_version\" + 1");
    }

    @Override
    public String holding() {
        return "";
    }

    /// A decimal as it is kept. More decimals than the column has are refused, not rounded: an amount
    /// stays exact.
    private static long fixed(BigDecimal number) {
        try {
            return number.scaleByPowerOfTen(DECIMALS).longValueExact();
        } catch (ArithmeticException _) {
            throw new UpstreamBroken(Why.REJECTED);
        }
    }

    /// The value of a column of a result.
    static Value read(Ask.Kind kind, Store.Record row, String column) {
        if (row.isNull(column)) {
            return kind == Ask.Kind.LIST ? new Value.Items(List.of()) : Value.NULL;
        }
        return switch (kind) {
            case TEXT, RECORD -> Value.of(row.text(column));
            case WHOLE -> Value.of(row.number(column));
            case NUMBER -> new Value.Num(BigDecimal.valueOf(row.number(column), DECIMALS));
            case TRUTH -> Value.of(row.truth(column));
            case DAY -> new Value.Day(LocalDate.parse(row.text(column)));
            case MOMENT -> new Value.Moment(row.instant(column));
            case LIST -> Value.texts(row.text(column).lines().toList());
        };
    }
}

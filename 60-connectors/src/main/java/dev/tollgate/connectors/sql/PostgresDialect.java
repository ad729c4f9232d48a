// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.SqlBuilder;
import dev.tollgate.connectors.SqlDialect;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's own types. Text parameters are sent without a type, so that the server takes them for
/// whatever the column is: an id may be an integer, a UUID or text, a picklist may be an enum.
final class PostgresDialect implements SqlDialect {
    @Override
    public String table(String object) {
        int dot = object.indexOf('.');
        return dot < 0
                ? SqlBuilder.quoted(object)
                : SqlBuilder.quoted(object.substring(0, dot)) + "." + SqlBuilder.quoted(object.substring(dot + 1));
    }

    /// Which texts of a stranger's database have an index, nobody has said.
    @Override
    public String hit(String object, Ask.Column column) {
        throw new UpstreamBroken(UpstreamBroken.Why.UNSUPPORTED);
    }

    @Override
    public Object word(Ask.Column column, String word) {
        throw new UpstreamBroken(UpstreamBroken.Why.UNSUPPORTED);
    }

    @Override
    public Object compared(Ask.Kind kind, Comparison comparison, Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Bool bool -> bool.truth();
            case Value.Day day -> day.date();
            case Value.Moment moment -> moment.instant().atOffset(ZoneOffset.UTC);
            case Value.Num num -> num.number();
            case Value.Items _, Value.Fields _, Value.Null _ -> throw new UpstreamBroken(Why.UNSUPPORTED);
        };
    }

    @Override
    public @Nullable Object set(Ask.Kind kind, Value value) {
        return value instanceof Value.Null ? null : compared(kind, Comparison.EQUALS, value);
    }

    /// The transaction that wrote the row as it is.
    @Override
    public String stamp() {
        return "xmin::text";
    }

    @Override
    public Optional<String> restamped() {
        return Optional.empty();
    }

    @Override
    public String holding() {
        return " for update";
    }
}

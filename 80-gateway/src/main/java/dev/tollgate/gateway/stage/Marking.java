// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Origin;
import dev.tollgate.containment.Zone;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.gateway.state.Spotlit;
import dev.tollgate.inspection.Spotlight;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Marks texts that strangers wrote, or that give orders, as data, in the way that the agent's zone asks for
/// (requirement S1-29). For one answer.
final class Marking {
    private final Operation.Target target;
    private final Catalog catalog;
    private final Noticed noticed;
    private final Spotlight.Marks marks;
    private final Map<String, Set<String>> marked = new TreeMap<>();

    private Marking(Redacted redacted, Noticed noticed, Spotlight.Marks marks) {
        this.target = redacted.decided().operation().target();
        this.catalog = redacted.who().policy().bundle().catalog();
        this.noticed = noticed;
        this.marks = marks;
    }

    /// Rows, and what of them is marked.
    record Done(List<ShownRow> rows, Spotlit spotlit) {}

    /// Marks the rows of an answer, where the zone asks for it.
    static Done of(Redacted redacted, List<ShownRow> rows, Noticed noticed, Spotlight spotlight) {
        Zone.Marks asked = asked(redacted.who());
        Spotlight.Mode mode = switch (asked) {
            case NONE -> null;
            case DELIMIT -> Spotlight.Mode.DELIMIT;
            case DATAMARK -> Spotlight.Mode.DATAMARK;
            case BASE64 -> Spotlight.Mode.BASE64;
        };
        if (mode == null) {
            return new Done(rows, Spotlit.NOTHING);
        }
        Marking marking = new Marking(redacted, noticed, spotlight.marks(mode));
        List<ShownRow> done = rows.stream().map(marking::row).toList();
        return marking.marked.isEmpty()
                ? new Done(rows, Spotlit.NOTHING)
                : new Done(done, new Spotlit(asked.word(), marking.marks.note(), marking.marked));
    }

    /// An agent of no known zone is nobody's: its texts are marked.
    private static Zone.Marks asked(Authenticated who) {
        Zone zone = who.policy().bundle().zones().get(who.principal().zone());
        return zone == null ? Zone.Marks.DELIMIT : zone.marks();
    }

    private ShownRow row(ShownRow row) {
        SortedMap<String, Value> values = new TreeMap<>();
        row.values().forEach((name, value) -> {
            FieldVerdict verdict = row.verdicts().get(name);
            boolean strangers = noticed.suspect(row.record().value(), name)
                    || catalog.field(target.system(), new FieldPath(target.object(), name))
                                    .origin()
                            == Origin.THIRD_PARTY;
            boolean marks = strangers && verdict != null && verdict.view() == View.CLEAR;
            values.put(name, marks ? marked(row.record().value(), name, value) : value);
        });
        return new ShownRow(row.record(), values, row.verdicts());
    }

    private Value marked(String record, String field, Value value) {
        return switch (value) {
            case Value.Text(String text)
            when !text.isEmpty() -> {
                marked.computeIfAbsent(record, _ -> new TreeSet<>()).add(field);
                yield Value.of(marks.mark(text));
            }
            case Value.Items(List<Value> items) -> {
                List<Value> all = new ArrayList<>(items.size());
                items.forEach(item -> all.add(marked(record, field, item)));
                yield new Value.Items(all);
            }
            case Value.Fields(Map<String, Value> fields) -> {
                Map<String, Value> all = new TreeMap<>();
                fields.forEach((name, part) -> all.put(name, marked(record, field, part)));
                yield new Value.Fields(all);
            }
            case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> value;
        };
    }
}

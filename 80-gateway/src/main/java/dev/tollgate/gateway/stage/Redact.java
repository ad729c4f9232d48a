// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Mask;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.connectors.Row;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.lineage.Handles;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Stage 9: shows each field of each row in the view that policy permits for that row, and no row whose
/// identity is withheld. A mask is a format of the field's contract; without one a masked view cannot
/// be discharged.
public record Redact(Cursors cursors, Handles handles) {
    /// Refuses with `NotFound`, `ObligationUnmet`, or `Undecidable` when handles cannot be kept.
    public Step<Redacted> apply(Executed executed) {
        Operation asked = executed.validated().asked();
        SequencedSet<String> wanted = new java.util.LinkedHashSet<>(asked.fields());
        List<ShownRow> shown = new ArrayList<>();
        Standing standing = new Standing();
        for (Row row : executed.rows().rows()) {
            Optional<ShownRow> one;
            try {
                one = row(executed, row, wanted, standing);
            } catch (Unmaskable unmaskable) {
                return Step.refuse(new Refusal.ObligationUnmet("mask " + unmaskable.path));
            }
            one.ifPresent(shown::add);
        }
        if (asked instanceof Operation.Get && shown.isEmpty()) {
            return Step.refuse(new Refusal.NotFound());
        }
        return standing.replaced(handles, executed.who().principal())
                .then(_ ->
                        Step.pass(new Redacted(executed, shown, executed.rows().count(), cursor(executed))));
    }

    private Optional<ShownRow> row(Executed executed, Row row, SequencedSet<String> wanted, Standing standing) {
        Decision decision = executed.decided().decision();
        ObjectType object = executed.validated().object();
        SortedMap<String, FieldVerdict> verdicts = decision.forRow(row.facts(), unknown(row, object));
        FieldVerdict id = verdicts.get(decision.idField());
        if (id == null || id.view() == View.WITHHELD) {
            return Optional.empty();
        }
        SortedMap<String, Value> values = new TreeMap<>();
        SortedMap<String, FieldVerdict> tags = new TreeMap<>();
        verdicts.forEach((name, verdict) -> {
            boolean asked = wanted.contains(name) || !decision.verdicts().containsKey(name);
            if (asked) {
                tags.put(name, verdict);
                shown(executed, row, verdict).ifPresent(value -> {
                    values.put(name, value);
                    if (verdict.view() == View.HANDLE) {
                        standing.wants(values, place(executed, row, verdict), verdict, value);
                    }
                });
            }
        });
        return Optional.of(new ShownRow(row.id(), values, tags));
    }

    /// Names that the system sent and no contract knows. They are decided as `unclassified`.
    private static Set<String> unknown(Row row, ObjectType object) {
        Set<String> unknown = new TreeSet<>(row.fields().keySet());
        object.fields().forEach(field -> unknown.remove(field.name()));
        return unknown;
    }

    private static Optional<Value> shown(Executed executed, Row row, FieldVerdict verdict) {
        FieldType field = field(executed, verdict.path());
        Value value = row.fields().getOrDefault(verdict.path().field(), Value.NULL);
        return switch (verdict.view()) {
            // A handle takes its place before anything is released.
            case CLEAR, HANDLE -> Optional.of(value);
            case MASKED -> Optional.of(masked(field, verdict.path(), value));
            case WITHHELD -> field.placeholder().map(Value::of);
        };
    }

    private static Handles.Place place(Executed executed, Row row, FieldVerdict verdict) {
        SystemId system = executed.decided().operation().target().system();
        return new Handles.Place(system, verdict.path(), row.id());
    }

    private static Value masked(FieldType field, FieldPath path, Value value) {
        Optional<Mask> mask = field.mask();
        if (mask.isEmpty()) {
            throw new Unmaskable(path);
        }
        return mask.get().apply(value);
    }

    private static FieldType field(Executed executed, FieldPath path) {
        Authenticated who = executed.who();
        SystemId system = executed.decided().operation().target().system();
        return who.policy().bundle().catalog().field(system, path);
    }

    private String cursor(Executed executed) {
        boolean more = executed.rows().more() && executed.validated().asked() instanceof Operation.Search;
        if (!more) {
            return "";
        }
        Authenticated who = executed.who();
        Operation.Search asked = (Operation.Search) executed.validated().asked();
        return cursors.of(who.principal(), who.policy().bundle().version()).seal(asked, asked.offset() + asked.limit());
    }

    /// Values in whose place handles are shown, kept together: one write for one answer.
    private static final class Standing {
        private final List<Handles.Wanted> wanted = new ArrayList<>();
        private final List<SortedMap<String, Value>> rows = new ArrayList<>();

        void wants(SortedMap<String, Value> row, Handles.Place place, FieldVerdict verdict, Value value) {
            if (value instanceof Value.Text) {
                wanted.add(new Handles.Wanted(place, verdict.dataClass().name(), value));
                rows.add(row);
            } else {
                // What is no text has no handle, and is not shown.
                row.put(place.field().field(), Value.NULL);
            }
        }

        Step<Boolean> replaced(Handles handles, Principal who) {
            return handles.of(who, wanted).then(made -> {
                for (int at = 0; at < made.size(); at++) {
                    String field = wanted.get(at).place().field().field();
                    rows.get(at).put(field, Value.of(made.get(at).text()));
                }
                return Step.pass(true);
            });
        }
    }

    /// A view that cannot be produced: a fault of the contract, found before anything is released.
    private static final class Unmaskable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient FieldPath path;

        Unmaskable(FieldPath path) {
            super("the field's contract has no mask", null, false, false);
            this.path = path;
        }
    }
}

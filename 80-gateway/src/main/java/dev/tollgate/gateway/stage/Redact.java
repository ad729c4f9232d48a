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
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
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
/// identity is
/// withheld. A mask is a format of the field's contract; without one a masked view cannot be discharged.
public record Redact(Cursors cursors) {
    /// Refuses with `NotFound` or `ObligationUnmet`.
    public Step<Redacted> apply(Executed executed) {
        Operation asked = executed.validated().asked();
        SequencedSet<String> wanted = new java.util.LinkedHashSet<>(asked.fields());
        List<ShownRow> shown = new ArrayList<>();
        for (Row row : executed.rows().rows()) {
            Optional<ShownRow> one;
            try {
                one = row(executed, row, wanted);
            } catch (Unmaskable unmaskable) {
                return Step.refuse(new Refusal.ObligationUnmet("mask " + unmaskable.path));
            }
            one.ifPresent(shown::add);
        }
        if (asked instanceof Operation.Get && shown.isEmpty()) {
            return Step.refuse(new Refusal.NotFound());
        }
        return Step.pass(new Redacted(executed, shown, executed.rows().count(), cursor(executed)));
    }

    private Optional<ShownRow> row(Executed executed, Row row, SequencedSet<String> wanted) {
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
                shown(executed, row, verdict).ifPresent(value -> values.put(name, value));
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
            case CLEAR -> Optional.of(value);
            case MASKED -> Optional.of(masked(field, verdict.path(), value));
            // No handle is offered before the handle store exists: policy asks for clear and masked only.
            case HANDLE -> throw new Unmaskable(verdict.path());
            case WITHHELD -> field.placeholder().map(Value::of);
        };
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

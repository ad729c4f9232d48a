// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Mask;
import dev.tollgate.catalog.Origin;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.connectors.Row;
import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.lineage.Shown;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The labels of what an answer really shows (requirement B-5): the class of each value, its system, its customer, and
/// whether strangers wrote it. A masked value counts as its class: part of a number still belongs to somebody, and
/// parts add up. A mask that shows nothing counts as nothing, and so does what is withheld or absent. Filtering by a
/// field is a read of it.
final class Joined {
    private final SystemId system;
    private final String object;
    private final Catalog catalog;
    private final Noticed noticed;
    private final Shown shown = new Shown();
    private final Map<String, FieldType> known = new HashMap<>();

    private Joined(Redacted redacted, Noticed noticed) {
        Operation.Target target = redacted.decided().operation().target();
        this.system = target.system();
        this.object = target.object();
        this.catalog = redacted.who().policy().bundle().catalog();
        this.noticed = noticed;
    }

    /// The labels of an answer.
    static Shown of(Redacted redacted, List<ShownRow> rows, Noticed noticed) {
        Joined joined = new Joined(redacted, noticed);
        joined.probed(redacted);
        Map<RecordId, Optional<String>> customers = new HashMap<>();
        for (Row row : redacted.from().rows().rows()) {
            customers.put(
                    row.id(),
                    Optional.ofNullable(row.facts().get(Fact.CUSTOMER)).flatMap(Drip::name));
        }
        rows.forEach(row -> joined.row(row, customers.getOrDefault(row.record(), Optional.empty())));
        return joined.shown;
    }

    private void probed(Redacted redacted) {
        Operation asked = redacted.decided().operation();
        boolean tells = !redacted.rows().isEmpty() || redacted.count().isPresent();
        boolean verifies = redacted.validated().tool().kind() == ToolType.Kind.VERIFY;
        // Whoever is verified told the claims; a yes or a no tells nothing else.
        boolean chooses = !verifies && (asked instanceof Operation.Search || asked instanceof Operation.Count);
        if (tells && chooses) {
            asked.touched().stream()
                    .filter(name -> !asked.fields().contains(name))
                    .forEach(name ->
                            shown.value(Optional.empty(), system, field(name).dataClass()));
        }
    }

    private void row(ShownRow row, Optional<String> customer) {
        row.values().forEach((name, value) -> {
            FieldVerdict verdict = row.verdicts().get(name);
            FieldType field = field(name);
            if (verdict != null && tells(verdict.view(), field, value)) {
                shown.value(customer, system, verdict.dataClass());
                boolean strangers = verdict.view() == View.CLEAR && field.origin() == Origin.THIRD_PARTY;
                if (strangers || noticed.suspect(row.record().value(), name)) {
                    shown.tainted(customer);
                }
            }
        });
    }

    private static boolean tells(View view, FieldType field, Value value) {
        boolean absent = value instanceof Value.Null || (value instanceof Value.Text(String text) && text.isEmpty());
        return switch (view) {
            case CLEAR -> !absent;
            case MASKED -> !absent && field.mask().filter(Mask.FULL::equals).isEmpty();
            case HANDLE, WITHHELD -> false;
        };
    }

    private FieldType field(String name) {
        return known.computeIfAbsent(name, field -> catalog.field(system, new FieldPath(object, field)));
    }
}

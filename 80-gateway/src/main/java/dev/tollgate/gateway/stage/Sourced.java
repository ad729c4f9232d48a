// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.audit.Personal;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a document or a partner's payload was filled with, though nobody was shown it: the record, and into which field
/// each of its fields went. Auditors follow a field through it to what leaves (requirement S0-26).
final class Sourced {
    private Sourced() {}

    /// Nothing for what the gateway filled with nothing.
    static Optional<Personal> of(int number, Executed executed) {
        Operation operation = executed.decided().operation();
        return executed.validated().tool().outlet().flatMap(Outlet::sharing).flatMap(sharing -> {
            Map<String, View> views = new TreeMap<>();
            Map<String, List<String>> done = new TreeMap<>();
            sharing.fields().forEach((name, source) -> {
                if (operation.given().containsKey(name)) {
                    FieldVerdict verdict =
                            executed.decided().decision().verdicts().get(name);
                    views.put(source, verdict == null ? View.CLEAR : verdict.view());
                    done.computeIfAbsent(source, _ -> new ArrayList<>()).add("into:" + name);
                }
            });
            return operation.given().get(sharing.record()) instanceof Value.Text(String record)
                    ? Optional.of(Personal.row(
                            number,
                            Personal.Subject.record(sharing.system(), sharing.object(), new RecordId(record)),
                            views,
                            Map.of(),
                            done))
                    : Optional.empty();
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The contract of a request (requirement S0-20): what the agent declared to need for which purpose, and what of it was
/// returned. Nothing that was not declared is.
///
/// @param purpose  the intent of the workflow
/// @param stated   the agent named what it needs; otherwise the tool's usual fields count as declared
/// @param declared fields, in order
/// @param returned those of them that some row shows
/// @param missing  those of them that no row shows, and the category of why
record Need(
        String purpose,
        boolean stated,
        List<String> declared,
        SortedSet<String> returned,
        SortedMap<String, String> missing) {
    /// The contract of a reading; nothing for a change, a count or a verification, which return no fields that anybody
    /// declares.
    static Optional<Need> of(Redacted redacted) {
        Operation asked = redacted.validated().asked();
        if (asked instanceof Write || asked instanceof Operation.Count) {
            return Optional.empty();
        }
        SortedSet<String> returned = new TreeSet<>();
        SortedMap<String, String> missing = new TreeMap<>();
        for (String field : asked.fields()) {
            Optional<FieldVerdict> withheld = Optional.ofNullable(
                            redacted.decided().decision().verdicts().get(field))
                    .filter(verdict -> verdict.atMost() == View.WITHHELD);
            boolean shown = withheld.isEmpty() && redacted.rows().stream().anyMatch(row -> shows(row, field));
            if (shown) {
                returned.add(field);
            } else if (withheld.isPresent()) {
                missing.put(field, withheld.get().reason().word());
            } else {
                redacted.rows().stream()
                        .flatMap(row -> Optional.ofNullable(row.verdicts().get(field)).stream())
                        .findFirst()
                        .ifPresent(
                                verdict -> missing.put(field, verdict.reason().word()));
            }
        }
        Map<String, Value> given = redacted.who().from().call().arguments().values();
        boolean stated = given.containsKey("fields") || given.containsKey("classes");
        String purpose = redacted.who()
                .policy()
                .bundle()
                .workflow(redacted.who().principal().delegation())
                .map(Workflow::intent)
                .orElse("");
        return Optional.of(new Need(purpose, stated, asked.fields(), returned, missing));
    }

    private static boolean shows(ShownRow row, String field) {
        FieldVerdict verdict = row.verdicts().get(field);
        return verdict != null && verdict.view() != View.WITHHELD;
    }

    Value.Fields form() {
        Map<String, Value> reasons = new TreeMap<>();
        missing.forEach((field, reason) -> reasons.put(field, Value.of(reason)));
        return new Value.Fields(Map.of(
                "purpose", Value.of(purpose),
                "stated", Value.of(stated),
                "declared", Value.texts(declared),
                "returned", Value.texts(List.copyOf(returned)),
                "missing", new Value.Fields(reasons)));
    }
}

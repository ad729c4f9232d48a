// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Sharing;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the gateway may read of a record for a partner: the fields that the terms cover, inside the
/// tenant, and in a task that is bound to a customer, of that customer.
///
/// @param policy the policies that decide the message
public record Shareables(DecisionPoint policy) {
    /// The reading, or nothing when the rules above policy keep the record from the principal.
    public Optional<Examinations.Permission> reading(
            Principal who,
            Write.Send send,
            Sharing sharing,
            Sharing.Terms terms,
            RecordId record,
            Situation situation) {
        if (!(new Gate(policy.bundle()).check(who, send.target(), situation.now())
                instanceof Gate.Passage.Open(Frame frame))) {
            return Optional.empty();
        }
        return policy.bundle()
                .catalog()
                .object(sharing.system(), sharing.object())
                .flatMap(object -> new Walls(frame).own(object).map(rules -> {
                    Operation.Target target = new Operation.Target(
                            sharing.system(),
                            sharing.object(),
                            send.target().tool(),
                            Verb.EXPORT,
                            send.target().destination());
                    Operation.Get get = new Operation.Get(target, record, fields(object, sharing, terms), List.of());
                    return new Examinations(policy).permitted(get, rules, situation);
                }));
    }

    private static List<String> fields(ObjectType object, Sharing sharing, Sharing.Terms terms) {
        List<String> fields = new ArrayList<>();
        fields.add(object.idField());
        sharing.fields().entrySet().stream()
                .filter(entry -> terms.fields().contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(source -> !source.equals(object.idField()))
                .distinct()
                .forEach(fields::add);
        return fields;
    }
}

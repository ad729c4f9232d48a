// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Outlet;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.util.List;
import java.util.Optional;

/// What the gateway may read of a record that is answered: who asked, and nothing else of it. Inside the tenant, in a
/// task that is bound to a customer of that customer, and in a task on a case of that case alone.
///
/// @param policy the policies that decide the message
public record Repliables(DecisionPoint policy) {
    /// The reading, or nothing when the rules above policy keep the record from the principal.
    public Optional<Examinations.Permission> reading(
            Principal who, Write.Send send, Outlet.Replies replies, RecordId record, Situation situation) {
        boolean another = who.delegation()
                .caseId()
                .filter(own -> !own.equals(record.value()))
                .isPresent();
        if (another
                || !(new Gate(policy.bundle()).check(who, send.target(), situation.now())
                        instanceof Gate.Passage.Open(Frame frame))) {
            return Optional.empty();
        }
        return frame.contract()
                .object(replies.object())
                .flatMap(object -> new Walls(frame).own(object).map(rules -> {
                    Operation.Target target = new Operation.Target(
                            send.target().system(),
                            object.name(),
                            send.target().tool(),
                            Verb.READ,
                            Operation.Target.AGENT);
                    Operation.Get get =
                            new Operation.Get(target, record, List.of(object.idField(), replies.asker()), List.of());
                    return new Examinations(policy).permitted(get, rules, situation);
                }));
    }
}

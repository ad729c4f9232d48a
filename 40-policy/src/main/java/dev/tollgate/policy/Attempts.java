// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Write;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Tries at deciding an operation, with and without evidence, and what the evidence is asked for by.
record Attempts(Bundle bundle, Optional<Memo> memo) {
    /// One try with this evidence: held when policies permit it and the agent's record does not keep it for people.
    Attempt attempt(Frame frame, Operation operation, Situation situation, Evidence evidence) {
        Attempt asked = permitted(frame, operation, situation, evidence);
        if (!(asked instanceof Attempt.Held)) {
            return asked;
        }
        return new Reserved(bundle)
                .keeps(frame, operation, situation, evidence)
                .<Attempt>map(Attempts::kept)
                .orElse(asked);
    }

    private static Attempt.Failed kept(RuleId rule) {
        Reason reason = rule.equals(Reserved.READ_ONLY) ? Reason.POLICY : Reason.EVIDENCE;
        return new Attempt.Failed(reason, List.of(rule), new Refusal.Denied(rule, reason.word()));
    }

    /// What policies say: held when it holds on every record that the operation changes.
    private Attempt permitted(Frame frame, Operation operation, Situation situation, Evidence evidence) {
        if (operation instanceof Write.Send send) {
            Judge judge = new Judge(bundle, memo, frame, situation, evidence, Optional.empty(), Optional.empty());
            return new Sending(frame, send, judge, situation.outgoing()).run();
        }
        // A merge has two records, and must be permitted on both.
        Attempt last = null;
        for (Attempt.Ask ask : asks(frame, operation, situation, evidence)) {
            last = ask.run();
            if (last instanceof Attempt.Failed) {
                return last;
            }
        }
        return java.util.Objects.requireNonNull(last);
    }

    private List<Attempt.Ask> asks(Frame frame, Operation operation, Situation situation, Evidence evidence) {
        Optional<BigDecimal> amount = OperationAmount.of(operation);
        if (situation.priors().isEmpty()) {
            Judge judge = new Judge(bundle, memo, frame, situation, evidence, amount, Optional.empty());
            return List.of(new Attempt.Ask(frame, operation, judge, Optional.empty()));
        }
        return situation.priors().stream()
                .map(prior -> {
                    Optional<Ratios> ratios = Optional.of(new Ratios(operation, prior));
                    Judge judge = new Judge(bundle, memo, frame, situation, evidence, amount, ratios);
                    return new Attempt.Ask(frame, operation, judge, Optional.of(prior));
                })
                .toList();
    }

    /// The rules that ask for the evidence: those that let a field through with it and none without it.
    /// A field that needs nobody must not choose who is asked.
    List<RuleId> asking(Frame frame, Operation operation, Situation situation, Evidence evidence, Attempt.Held held) {
        Set<RuleId> asking = new LinkedHashSet<>();
        if (permitted(frame, operation, situation, situation.evidence()) instanceof Attempt.Held) {
            // Policies ask nobody: the agent's record does.
            return new Reserved(bundle)
                    .keeps(frame, operation, situation, situation.evidence())
                    .map(List::of)
                    .orElse(held.determining());
        }
        if (operation instanceof Write.Send send) {
            // What lets it leave, and not what lets its id be read: without the evidence nothing let it leave.
            for (String field : send.values().keySet()) {
                FieldVerdict verdict = held.verdicts().get(field);
                if (verdict != null) {
                    asking.addAll(verdict.rules());
                }
            }
        } else if (operation instanceof Write) {
            List<Attempt.Ask> with = asks(frame, operation, situation, evidence);
            List<Attempt.Ask> without = asks(frame, operation, situation, situation.evidence());
            for (int at = 0; at < with.size(); at++) {
                SortedMap<String, List<RuleId>> free = without.get(at).granted();
                with.get(at).granted().forEach((field, rules) -> {
                    if (!free.containsKey(field)) {
                        asking.addAll(rules);
                    }
                });
            }
        }
        return asking.isEmpty() ? held.determining() : List.copyOf(asking);
    }
}

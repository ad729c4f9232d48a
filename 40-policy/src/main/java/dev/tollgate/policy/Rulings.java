// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.Effect;
import dev.tollgate.cedar.PartialAnswer;
import dev.tollgate.policy.bundle.Rules;
import dev.tollgate.terms.RowRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Turns Cedar's answers into rulings, by the rule above Cedar: any policy that cannot be evaluated denies.
final class Rulings {
    private Rulings() {}

    /// The ruling of a full answer.
    static Ruling of(Rules rules, Answer answer) {
        if (answer.hasErrors()) {
            return failing(rules, answer.errors());
        }
        List<String> determining = answer.determining();
        if (answer.allowed()) {
            return new Ruling.Granted(rules.ids(determining));
        }
        return determining.isEmpty() ? unpermitted() : forbidden(rules, determining);
    }

    /// The ruling of an answer that lacks facts of the row: certain where no row can change it.
    static Ruling of(Rules rules, PartialAnswer answer, RowCondition.Reader reader) {
        if (!answer.errors().isEmpty()) {
            return failing(rules, answer.errors());
        }
        List<String> forbids = satisfied(answer, Effect.FORBID);
        if (!forbids.isEmpty()) {
            return forbidden(rules, forbids);
        }
        List<String> permits = satisfied(answer, Effect.PERMIT);
        if (answer.undecided().isEmpty()) {
            return permits.isEmpty() ? unpermitted() : new Ruling.Granted(rules.ids(permits));
        }
        boolean permittable = !permits.isEmpty()
                || answer.undecided().stream().anyMatch(one -> one.effect() == Effect.PERMIT && one.mayHold());
        if (!permittable) {
            return unpermitted();
        }
        boolean revocable = answer.undecided().stream().anyMatch(one -> one.effect() == Effect.FORBID || one.mayFail());
        return !permits.isEmpty() && !revocable
                ? new Ruling.Granted(rules.ids(permits))
                : open(rules, answer, permits, reader);
    }

    private static Ruling open(Rules rules, PartialAnswer answer, List<String> permits, RowCondition.Reader reader) {
        List<RowCondition> alternatives = new ArrayList<>();
        List<RowCondition> vetoes = new ArrayList<>();
        List<String> ids = new ArrayList<>(permits);
        for (PartialAnswer.Undecided one : answer.undecided()) {
            ids.add(one.id());
            switch (one.effect()) {
                case PERMIT -> {
                    if (one.mayHold()) {
                        alternatives.add(reader.holds(one.condition()));
                    }
                }
                case FORBID -> vetoes.add(reader.fails(one.condition()));
            }
        }
        Set<RowRule> needed = new LinkedHashSet<>();
        if (permits.isEmpty()) {
            needed.addAll(common(alternatives));
        }
        vetoes.forEach(veto -> needed.addAll(veto.rules()));
        boolean permitted = !permits.isEmpty() || alternatives.stream().anyMatch(one -> one.impliedBy(needed));
        boolean vetoed = !vetoes.stream().allMatch(veto -> veto.impliedBy(needed));
        boolean exact = permitted && !vetoed && answer.undecided().stream().allMatch(one -> safe(one, needed, reader));
        return new Ruling.Open(rules.ids(ids), List.copyOf(needed), exact);
    }

    /// Whether a policy cannot fail on a row that meets the rules. A forbid that is vetoed by the rules does not.
    private static boolean safe(PartialAnswer.Undecided one, Set<RowRule> needed, RowCondition.Reader reader) {
        return !one.mayFail()
                || (one.effect() == Effect.FORBID
                        ? reader.fails(one.condition()).impliedBy(needed)
                        : reader.holds(one.condition()).impliedBy(needed));
    }

    private static List<RowRule> common(List<RowCondition> alternatives) {
        List<RowRule> shared = new ArrayList<>(alternatives.getFirst().rules());
        alternatives.forEach(one -> shared.retainAll(one.rules()));
        return shared;
    }

    private static List<String> satisfied(PartialAnswer answer, Effect effect) {
        List<String> ids = new ArrayList<>();
        for (PartialAnswer.Settled one : answer.satisfied()) {
            if (one.effect() == effect) {
                ids.add(one.id());
            }
        }
        return ids;
    }

    private static Ruling failing(Rules rules, List<Answer.PolicyError> errors) {
        return new Ruling.Refused(
                rules.ids(errors.stream().map(Answer.PolicyError::id).toList()), Reason.ERROR);
    }

    private static Ruling forbidden(Rules rules, List<String> forbids) {
        Reason reason = rules.category(forbids).flatMap(Reason::of).orElse(Reason.POLICY);
        return new Ruling.Refused(rules.ids(forbids), reason);
    }

    private static Ruling unpermitted() {
        return new Ruling.Refused(List.of(Judge.DEFAULT_DENY), Reason.DEFAULT_DENY);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The policies that can apply to one principal, action and resource, found once. They answer for any number of
/// contexts: the rows of a search, the views of a field. Immutable once it is made; safe to share.
public final class Candidates {
    private static final int GUESS = 8;

    final PolicySet policies;
    final Entities entities;
    final EntityUid principal;
    final EntityUid action;
    final EntityUid resource;
    final @Nullable Placed principalPlaced;
    final @Nullable Placed actionPlaced;
    final @Nullable Placed resourcePlaced;
    private Rule[] rules = new Rule[GUESS];
    private int size;

    Candidates(PolicySet policies, EntityUid principal, EntityUid action, EntityUid resource, Entities entities) {
        this.policies = policies;
        this.entities = entities;
        this.principal = principal;
        this.action = action;
        this.resource = resource;
        this.principalPlaced = policies.find(principal, entities);
        this.actionPlaced = policies.find(action, entities);
        this.resourcePlaced = policies.find(resource, entities);
    }

    /// Whether one of them reads this attribute of the context, or the context as a whole.
    public boolean reads(String attribute) {
        for (int at = 0; at < size; at++) {
            if (rules[at].reads().has(attribute)) {
                return true;
            }
        }
        return false;
    }

    /// Evaluates them all for one context: every satisfied and every failing policy is found, there is no early end.
    public Answer authorize(Rec context) {
        Frame frame = new Frame(this, context);
        Found found = new Found();
        for (int at = 0; at < size; at++) {
            rules[at].evaluate(frame, found);
        }
        return Answer.of(policies, found);
    }

    /// Evaluates them all for a context of which parts are unknown. Costs the same as `authorize` for policies that do
    /// not read the unknowns.
    ///
    /// @param context the known part; what it says at the place of an unknown is ignored
    public PartialAnswer partial(Rec context, Unknowns unknowns) {
        PartialEvaluator evaluator = new PartialEvaluator(this, context, unknowns);
        Outcomes possible = new Outcomes(evaluator);
        List<PartialAnswer.Settled> satisfied = new ArrayList<>();
        List<Answer.PolicyError> errors = new ArrayList<>();
        List<PartialAnswer.Undecided> undecided = new ArrayList<>();
        for (Rule rule : inOrder()) {
            Expr rest = unknowns.reach(rule.reads()) ? evaluator.reduce(rule.source()) : null;
            int outcomes = rest == null ? rule.outcome(evaluator.frame()) : possible.of(rest);
            if (outcomes == Outcomes.TRUE) {
                satisfied.add(new PartialAnswer.Settled(rule.id(), rule.effect()));
            } else if (outcomes == Outcomes.FAILED) {
                ErrorKind kind = rest == null
                        ? evaluator.frame().fault()
                        : rest instanceof Expr.Fail fail ? fail.kind() : ErrorKind.TYPE;
                errors.add(new Answer.PolicyError(rule.id(), rule.effect(), kind));
            } else if (outcomes != Outcomes.FALSE && rest != null) {
                boolean mayHold = (outcomes & Outcomes.TRUE) != 0;
                boolean mayFail = (outcomes & Outcomes.FAILED) != 0;
                undecided.add(new PartialAnswer.Undecided(
                        rule.id(),
                        rule.effect(),
                        Residuals.of(rest),
                        mayHold,
                        mayFail,
                        new PartialAnswer.Rest(this, rest)));
            }
        }
        return new PartialAnswer(satisfied, errors, undecided);
    }

    private List<Rule> inOrder() {
        Rule[] sorted = Arrays.copyOf(rules, size);
        Arrays.sort(sorted, (one, other) -> Integer.compare(one.number(), other.number()));
        return List.of(sorted);
    }

    /// How many there are.
    public int size() {
        return size;
    }

    Rule rule(int at) {
        return rules[at];
    }

    /// Takes those of `more` whose heads match; only what the index finds exactly is not tested again.
    void add(Rule @Nullable [] more) {
        if (more == null) {
            return;
        }
        for (Rule rule : more) {
            Rule.Head head = rule.head();
            if (head.exact()
                    || (head.principal().admits(principal, principalPlaced)
                            && head.resource().admits(resource, resourcePlaced))) {
                take(rule);
            }
        }
    }

    void take(Rule rule) {
        if (size == rules.length) {
            rules = Arrays.copyOf(rules, size * 2);
        }
        rules[size++] = rule;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.Answer.Decision;
import dev.tollgate.cedar.Answer.PolicyError;
import java.util.List;
import java.util.Optional;

/// What can be said of a request while parts of its context are unknown. Sound: whatever the unknowns turn out to be,
/// the full answer has the decision that is given here, the satisfied policies are satisfied, the failing ones fail,
/// and each undecided policy comes out as its condition does.
public final class PartialAnswer {
    private final List<Settled> satisfied;
    private final List<PolicyError> errors;
    private final List<Undecided> undecided;

    PartialAnswer(List<Settled> satisfied, List<PolicyError> errors, List<Undecided> undecided) {
        this.satisfied = List.copyOf(satisfied);
        this.errors = List.copyOf(errors);
        this.undecided = List.copyOf(undecided);
    }

    /// A policy that is satisfied whatever the unknowns are.
    public record Settled(String id, Effect effect) {}

    /// A policy that depends on unknowns.
    ///
    /// @param condition when it is satisfied
    /// @param mayHold   it may be satisfied
    /// @param mayFail   its evaluation may fail
    /// @param rest      the same condition, to be evaluated when the unknowns are known
    public record Undecided(String id, Effect effect, Residual condition, boolean mayHold, boolean mayFail, Rest rest) {
        @Override
        public String toString() {
            return id;
        }
    }

    /// The condition of an undecided policy as the evaluator keeps it.
    public static final class Rest {
        private final Candidates of;
        private final Expr expr;

        Rest(Candidates of, Expr expr) {
            this.of = of;
            this.expr = expr;
        }

        /// Whether the policy is satisfied when the context is `context`; empty when its evaluation fails.
        public Optional<Boolean> holds(Rec context) {
            Frame frame = new Frame(of, context);
            int result = new Closures(of.policies.nowhere()).node(expr).test(frame);
            return result == Node.FAILED ? Optional.empty() : Optional.of(result == Node.YES);
        }
    }

    /// The decision by Cedar's rules, if the unknowns cannot change it.
    public Optional<Decision> decision() {
        if (satisfied(Effect.FORBID)) {
            return Optional.of(Decision.DENY);
        }
        boolean forbiddable = undecided.stream().anyMatch(one -> one.effect == Effect.FORBID && one.mayHold);
        return decision(forbiddable);
    }

    /// The decision by the rule above Cedar that a failing forbid forbids, if the unknowns cannot change it.
    public Optional<Decision> strict() {
        boolean failing = errors.stream().anyMatch(error -> error.effect() == Effect.FORBID);
        if (failing || satisfied(Effect.FORBID)) {
            return Optional.of(Decision.DENY);
        }
        return decision(undecided.stream().anyMatch(one -> one.effect == Effect.FORBID));
    }

    private Optional<Decision> decision(boolean forbiddable) {
        if (satisfied(Effect.PERMIT)) {
            return forbiddable ? Optional.empty() : Optional.of(Decision.ALLOW);
        }
        boolean permittable = undecided.stream().anyMatch(one -> one.effect == Effect.PERMIT && one.mayHold);
        return permittable ? Optional.empty() : Optional.of(Decision.DENY);
    }

    private boolean satisfied(Effect effect) {
        return satisfied.stream().anyMatch(one -> one.effect == effect);
    }

    /// Policies that are satisfied whatever the unknowns are, in the order of the policy set.
    public List<Settled> satisfied() {
        return satisfied;
    }

    /// Policies that fail whatever the unknowns are; why they fail may depend on the unknowns.
    public List<PolicyError> errors() {
        return errors;
    }

    /// Policies that depend on the unknowns, in the order of the policy set.
    public List<Undecided> undecided() {
        return undecided;
    }

    @Override
    public String toString() {
        return "satisfied " + satisfied + ", failing " + errors + ", undecided " + undecided;
    }
}

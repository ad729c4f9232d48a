// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.List;

/// What a policy set says to one request, with everything that led to it. Cedar semantics: a policy whose evaluation
/// fails is left out of the decision and reported (https://docs.cedarpolicy.com/auth/authorization.html).
public final class Answer {
    /// Cedar's two answers.
    public enum Decision {
        /// Some policy permits and none forbids.
        ALLOW,
        /// Everything else.
        DENY
    }

    /// A policy whose evaluation failed.
    ///
    /// @param id     the policy
    /// @param effect what it would have done
    /// @param kind   why it failed; never a value
    public record PolicyError(String id, Effect effect, ErrorKind kind) {}

    private static final int[] NO_POLICIES = {};

    private final PolicySet policies;
    private final Decision decision;
    private final int[] determining;
    private final int[] failed;
    private final ErrorKind[] kinds;

    private Answer(PolicySet policies, Decision decision, int[] determining, int[] failed, ErrorKind[] kinds) {
        this.policies = policies;
        this.decision = decision;
        this.determining = determining;
        this.failed = failed;
        this.kinds = kinds;
    }

    static Answer of(PolicySet policies, Found found) {
        boolean forbidden = found.forbids.size() > 0;
        boolean allowed = !forbidden && found.permits.size() > 0;
        int[] determining = forbidden ? found.forbids.sorted() : allowed ? found.permits.sorted() : NO_POLICIES;
        Decision decision = allowed ? Decision.ALLOW : Decision.DENY;
        return new Answer(policies, decision, determining, found.failed.inOrder(), found.kinds());
    }

    /// The decision by Cedar's rules: a policy that failed does not count.
    public Decision decision() {
        return decision;
    }

    /// Whether `decision` is `ALLOW`.
    public boolean allowed() {
        return decision == Decision.ALLOW;
    }

    /// The decision by a rule above Cedar: a forbid that failed forbids, because nobody knows that it would not have.
    public Decision strict() {
        for (int policy : failed) {
            if (policies.effect(policy) == Effect.FORBID) {
                return Decision.DENY;
            }
        }
        return decision;
    }

    /// Whether any policy failed.
    public boolean hasErrors() {
        return failed.length > 0;
    }

    /// Ids of the policies that made the decision, in the order of the policy set: satisfied forbids, or satisfied
    /// permits, or none when nothing permits.
    public List<String> determining() {
        List<String> ids = new ArrayList<>(determining.length);
        for (int policy : determining) {
            ids.add(policies.id(policy));
        }
        return ids;
    }

    /// The policies that failed, sorted in the order of the policy set.
    public List<PolicyError> errors() {
        List<PolicyError> errors = new ArrayList<>(failed.length);
        for (int policy = 0; policy < policies.size() && errors.size() < failed.length; policy++) {
            for (int at = 0; at < failed.length; at++) {
                if (failed[at] == policy) {
                    errors.add(new PolicyError(policies.id(policy), policies.effect(policy), kinds[at]));
                }
            }
        }
        return errors;
    }

    @Override
    public String toString() {
        return decision + " by " + determining() + (hasErrors() ? " with errors in " + errors() : "");
    }
}

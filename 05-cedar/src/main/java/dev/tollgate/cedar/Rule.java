// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.Set;
import java.util.SortedMap;

/// One policy, static or linked from a template, compiled.
///
/// @param number    its place in the policy set
/// @param head      what it demands of principal, action and resource
/// @param source    the conditions joined by `&&`, each `unless` negated; what partial evaluation walks
/// @param condition the same, compiled
/// @param reads     what of the context the conditions read
record Rule(
        int number,
        String id,
        Effect effect,
        Head head,
        Expr source,
        Node condition,
        Reads reads,
        SortedMap<String, String> annotations) {
    /// The three tests before the conditions.
    record Head(Scope principal, Scope action, Scope resource, boolean exact) {
        Head(Scope principal, Scope action, Scope resource) {
            this(principal, action, resource, exact(principal) && exact(resource));
        }

        /// Whether the index finds it exactly when it applies: then it need not be tested again. A type is not looked
        /// at by the index, and the entry of an `==` is also found for what is below its entity.
        private static boolean exact(Scope scope) {
            return scope instanceof Scope.Any || scope instanceof Scope.In;
        }

        boolean admits(Candidates of) {
            return principal.admits(of.principal, of.principalPlaced)
                    && action.admits(of.action, of.actionPlaced)
                    && resource.admits(of.resource, of.resourcePlaced);
        }
    }

    /// Attributes of the context that conditions read; `whole` when they use the context as a value of its own.
    record Reads(boolean whole, Set<String> roots) {
        /// Whether this attribute is among them.
        boolean has(String attribute) {
            return whole || roots.contains(attribute);
        }
    }

    /// The one outcome in a context that is known, as a bit of `Outcomes`.
    int outcome(Frame frame) {
        int result = condition.test(frame);
        return result == Node.FAILED ? Outcomes.FAILED : result == Node.YES ? Outcomes.TRUE : Outcomes.FALSE;
    }

    void evaluate(Frame frame, Found into) {
        int result = condition.test(frame);
        if (result == Node.YES) {
            into.satisfied(this);
        } else if (result == Node.FAILED) {
            into.failed(this, frame.fault());
        }
    }
}

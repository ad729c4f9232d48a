// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

/// The JSON given to the compiler is not what the official parser emits, or is larger than this evaluator takes. Names
/// the policy and the construct, never a literal of the policy.
public final class IllegalEst extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    IllegalEst(String message) {
        super(message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.Require;

/// When calls of one task are a loop (requirement S1-30), counted over ten minutes. Read from the bundle's
/// `budgets.yaml`.
///
/// @param same    the same call with the same arguments, so often: what nine answers did not tell, the tenth
///     does not
/// @param similar the same call with arguments that differ only in case, spacing, punctuation or page size
/// @param rounds  the same two to four calls in turn, so many rounds
/// @param refused a similar call after so many refusals; any call of one tool after three times as many
public record LoopLimits(int same, int similar, int rounds, int refused) {
    /// Of a bundle that names none.
    public static final LoopLimits USUAL = new LoopLimits(10, 20, 5, 5);

    /// A limit that a trail of `LoopTrail.CALLS_MAX` calls cannot reach would be none.
    public static final int MOST = 40;

    public LoopLimits {
        check("same_call", same, MOST);
        check("similar_calls", similar, MOST);
        check("rounds", rounds, MOST / 4);
        check("refused", refused, MOST / 3);
    }

    private static void check(String name, int limit, int most) {
        Require.require(limit >= 2 && limit <= most, "`" + name + "` is between 2 and " + most + ", got " + limit);
    }
}

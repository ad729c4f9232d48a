// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import java.util.List;

/// What the policies say to one field in one view.
sealed interface Ruling {
    List<RuleId> rules();

    /// The view is permitted.
    record Granted(List<RuleId> rules) implements Ruling {}

    /// It is not.
    record Refused(List<RuleId> rules, Reason reason) implements Ruling {}

    /// It depends on facts of the row.
    ///
    /// @param needed conditions without which no row is granted the view
    /// @param exact  every row that meets them is granted it
    record Open(List<RuleId> rules, List<RowRule> needed, boolean exact) implements Ruling {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.View;
import java.util.List;

/// How one field may be shown, and why (requirement B-1).
///
/// @param path      the field
/// @param dataClass its class; `unclassified` when no contract knows the field
/// @param view      the view that holds whatever the row is; the highest that is certain
/// @param atMost    the highest view that some row may have; equals `view` once the row's facts are known
/// @param rules     the policies that determined it, or the rule above Cedar; never empty
/// @param reason    the category of the reason
public record FieldVerdict(
        FieldPath path, DataClass dataClass, View view, View atMost, List<RuleId> rules, Reason reason) {
    public FieldVerdict {
        rules = List.copyOf(rules);
    }

    /// Whether the view of a row is only known with the row's facts.
    public boolean dependsOnRow() {
        return view != atMost;
    }
}

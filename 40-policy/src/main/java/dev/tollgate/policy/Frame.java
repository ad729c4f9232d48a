// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.Destination;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RowRule;
import java.util.ArrayList;
import java.util.List;

/// What every field decision of one operation shares, once the rules above Cedar have let it pass.
///
/// @param rules conditions that the rules above Cedar put on every row: tenant, owner, customer, age
record Frame(
        Principal who,
        Contract contract,
        ObjectType object,
        ToolType tool,
        Workflow workflow,
        Destination destination,
        List<RowRule> rules) {
    Frame {
        rules = List.copyOf(rules);
    }

    /// The same with these conditions on every row too.
    Frame and(List<RowRule> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<RowRule> all = new ArrayList<>(rules);
        all.addAll(more);
        return new Frame(who, contract, object, tool, workflow, destination, all);
    }
}

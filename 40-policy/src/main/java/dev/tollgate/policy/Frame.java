// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.Destination;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RowRule;
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
}

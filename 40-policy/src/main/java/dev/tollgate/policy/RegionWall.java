// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.Residency;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Optional;

/// Data stays in the compute of its region (requirement S1-15): a rule above Cedar, like the tenant's
/// wall. The region is what a record says, else what the contract says of its whole system; where
/// neither says it, nothing may be read.
record RegionWall(Residency residency) {
    static final RuleId RULE = new RuleId("region-wall");

    /// The rules on rows of an object, or nothing when none of them may be reached from here. A new record is born in
    /// the first region that may be.
    ///
    /// @param zone region of the agent's zone; nothing for what a node does by itself
    Optional<List<RowRule>> rules(Contract contract, ObjectType object, Optional<String> zone, ToolType.Kind kind) {
        List<String> reachable = residency.reachable(zone);
        if (reachable.isEmpty()) {
            return Optional.empty();
        }
        if (!object.facts().containsKey(Fact.REGION)) {
            return contract.region().filter(reachable::contains).map(_ -> List.of());
        }
        List<Value> values = reachable.stream()
                .map(name -> RowFacts.typed(object, Fact.REGION, name))
                .toList();
        RowRule rule = kind == ToolType.Kind.CREATE || values.size() == 1
                ? new RowRule(Fact.REGION, Comparison.EQUALS, values.getFirst())
                : new RowRule(Fact.REGION, Comparison.IN, new Value.Items(values));
        return Optional.of(List.of(rule));
    }
}

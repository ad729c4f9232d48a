// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.ObjectType;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Within which records the gateway may look for what it must know of a message.
///
/// @param frame what the rules above Cedar let through
record Walls(Frame frame) {
    /// Rules that keep other tenants out.
    List<RowRule> tenant(ObjectType object) {
        return object.facts().containsKey(Fact.TENANT)
                ? List.of(equal(object, Fact.TENANT, frame.who().tenant().value()))
                : List.of();
    }

    /// The same, and in a workflow that is bound to a customer those that keep other customers out; nothing when the
    /// object cannot tell them apart.
    Optional<List<RowRule>> own(ObjectType object) {
        List<RowRule> rules = new ArrayList<>(tenant(object));
        if (!frame.workflow().customerBound()) {
            return Optional.of(rules);
        }
        Optional<String> customer = frame.who().delegation().customer();
        if (customer.isEmpty() || !object.facts().containsKey(Fact.CUSTOMER)) {
            return Optional.empty();
        }
        rules.add(equal(object, Fact.CUSTOMER, customer.get()));
        return Optional.of(rules);
    }

    private static RowRule equal(ObjectType object, Fact fact, String value) {
        return new RowRule(fact, Comparison.EQUALS, RowFacts.typed(object, fact, value));
    }
}

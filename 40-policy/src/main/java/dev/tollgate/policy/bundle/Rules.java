// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.cedar.Effect;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.terms.RuleId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The compiled policies of a bundle and the names by which records speak of them.
///
/// @param policies compiled, ready for the hot path
/// @param est      the official parser's JSON that they were compiled from
/// @param named    by Cedar's own policy id
public record Rules(PolicySet policies, String est, Map<String, Rule> named) {
    public Rules {
        named = Map.copyOf(named);
    }

    /// One policy.
    ///
    /// @param id       its `@id`
    /// @param category its `@category`, when it has one
    public record Rule(RuleId id, Optional<String> category) {}

    /// The rule ids of some policies, sorted and without duplicates.
    public List<RuleId> ids(Collection<String> policyIds) {
        List<RuleId> ids = new ArrayList<>(policyIds.size());
        for (String policyId : policyIds) {
            Rule rule = named.get(policyId);
            ids.add(rule == null ? new RuleId(policyId) : rule.id());
        }
        return ids.size() < 2
                ? List.copyOf(ids)
                : ids.stream()
                        .distinct()
                        .sorted(java.util.Comparator.comparing(RuleId::value))
                        .toList();
    }

    /// Whether a policy forbids.
    public boolean forbids(String policyId) {
        return policies.effect(policyId) == Effect.FORBID;
    }

    /// The category of the first of some policies that names one.
    public Optional<String> category(Collection<String> policyIds) {
        for (String policyId : policyIds) {
            Rule rule = named.get(policyId);
            if (rule != null && rule.category().isPresent()) {
                return rule.category();
            }
        }
        return Optional.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.View;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The permission under which the gateway takes back what an agent changed, when a person asks for it. A
/// rule above Cedar, as the reading before a change is: no policy of agents speaks of it, and it permits
/// nothing but what the change journal holds, inside the tenant's wall.
///
/// @param bundle the contracts in force
/// @param ids    makes decision ids
public record Restorations(Bundle bundle, RandomGenerator ids) {
    /// What determines the decision, in every record of it.
    public static final RuleId RULE = new RuleId("rollback");

    private static final int ID_BYTES = 16;

    /// Permits an operation of a rollback. Nothing that it reads is shown: the fields that it writes are
    /// `clear`, every other is `withheld`.
    public Decision decide(TenantId tenant, Operation operation, Instant now) {
        SortedMap<String, FieldVerdict> verdicts = new TreeMap<>();
        for (String name : operation.touched()) {
            FieldPath path = new FieldPath(operation.target().object(), name);
            FieldType field = bundle.catalog().field(operation.target().system(), path);
            View view = operation.given().containsKey(name) ? View.CLEAR : View.WITHHELD;
            verdicts.put(name, new FieldVerdict(path, field.dataClass(), view, view, List.of(RULE), Reason.PERMITTED));
        }
        return new Decision(
                newId(),
                bundle.version(),
                now,
                Outcome.PERMIT,
                Reason.PERMITTED,
                verdicts,
                "",
                walls(tenant, operation),
                Set.copyOf(operation.fields()),
                false,
                List.of(RULE),
                Optional.empty(),
                Decision.Need.NONE,
                (_, _) -> new TreeMap<>());
    }

    private List<RowRule> walls(TenantId tenant, Operation operation) {
        Optional<ObjectType> object = bundle.catalog()
                .object(operation.target().system(), operation.target().object());
        return object.filter(one -> one.facts().containsKey(Fact.TENANT)).stream()
                .map(one ->
                        new RowRule(Fact.TENANT, Comparison.EQUALS, RowFacts.typed(one, Fact.TENANT, tenant.value())))
                .toList();
    }

    private DecisionId newId() {
        byte[] bytes = new byte[ID_BYTES];
        ids.nextBytes(bytes);
        return new DecisionId(HexFormat.of().formatHex(bytes));
    }
}

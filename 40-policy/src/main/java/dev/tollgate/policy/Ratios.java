// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Rec;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/// How far a change moves each field: `context.change.ratio`, the difference over the value before,
/// both without sign. Rounded up, because a policy names an upper bound; as large as can be said when
/// the value before is zero, absent or no number, because nothing bounds such a change (requirement
/// S1-19). `context.change.to` is the number that the field will hold; absent when it will hold none,
/// or one that is finer or larger than Cedar can say.
///
/// @param operation what is changed
/// @param prior     what the record holds now
record Ratios(Operation operation, Prior prior) {
    private static final CedarValue.Decimal LARGEST = new CedarValue.Decimal(Long.MAX_VALUE);
    private static final CedarValue.Decimal NONE = new CedarValue.Decimal(0);
    private static final int PLACES = 4;

    /// `context.change` of a change of which nothing is known yet.
    static final Rec SMALLEST = Rec.of(Map.of("ratio", NONE, "to", new CedarValue.Decimal(1)));

    /// `context.change` of a field, for a verb that changes a record that is there.
    Rec of(String field) {
        Map<String, CedarValue> change = new HashMap<>(Map.of("ratio", ratio(field)));
        if (operation.given().get(field) instanceof Value.Num after) {
            Contexts.decimal(after.number()).ifPresent(to -> change.put("to", to));
        }
        return Rec.of(change);
    }

    private CedarValue.Decimal ratio(String field) {
        Value before = prior.before().getOrDefault(field, Value.NULL);
        Value after = operation.given().getOrDefault(field, Value.NULL);
        if (before.equals(after) && operation.given().containsKey(field)) {
            return NONE;
        }
        return before instanceof Value.Num one && after instanceof Value.Num other
                ? of(one.number(), other.number())
                : LARGEST;
    }

    private static CedarValue.Decimal of(BigDecimal before, BigDecimal after) {
        if (before.signum() == 0) {
            return LARGEST;
        }
        BigDecimal ratio = after.subtract(before).abs().divide(before.abs(), PLACES, RoundingMode.CEILING);
        return Contexts.decimal(ratio)
                .filter(CedarValue.Decimal.class::isInstance)
                .map(CedarValue.Decimal.class::cast)
                .orElse(LARGEST);
    }
}

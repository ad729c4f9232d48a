// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.util.Optional;

/// The amount of money that an operation moves: the number in its value `amount`. Read from the
/// operation and from nowhere else, so that a decision, its token and the connector cannot mean
/// different amounts.
public final class OperationAmount {
    /// The name that contracts give the field of an amount.
    public static final String FIELD = "amount";

    private OperationAmount() {}

    /// The amount, when the operation has one.
    public static Optional<BigDecimal> of(Operation operation) {
        return operation.given().get(FIELD) instanceof Value.Num num ? Optional.of(num.number()) : Optional.empty();
    }
}

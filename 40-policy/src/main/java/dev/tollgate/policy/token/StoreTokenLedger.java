// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.store.SingleUse;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.TokenId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// The ledger in the store that all nodes share.
///
/// @param uses what was used up
public record StoreTokenLedger(SingleUse uses) implements TokenLedger {
    @Override
    public CompletableFuture<Boolean> consume(TokenId token, Instant expires) {
        try {
            return uses.consume(token.value(), expires);
        } catch (StoreFailure failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.terms.TokenId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Remembers which decision tokens were used. Exactly one `consume` of a token completes with true, on every node that
/// shares the ledger, and only once that is durable.
public interface TokenLedger {
    /// Uses the token up. Completes with false when it was used before, exceptionally when nobody can say.
    ///
    /// @param expires when the token ends by itself; the ledger may forget it then
    CompletableFuture<Boolean> consume(TokenId token, Instant expires);
}

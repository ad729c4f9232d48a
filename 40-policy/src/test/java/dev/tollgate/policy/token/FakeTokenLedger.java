// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.terms.TokenId;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// A ledger in memory that can be told to fail.
public final class FakeTokenLedger implements TokenLedger {
    private final Set<TokenId> used = ConcurrentHashMap.newKeySet();
    private volatile boolean down;

    /// From now on nobody can say.
    public void goDown() {
        down = true;
    }

    @Override
    public CompletableFuture<Boolean> consume(TokenId token, Instant expires) {
        return down
                ? CompletableFuture.failedFuture(new IllegalStateException("the ledger is down"))
                : CompletableFuture.completedFuture(used.add(token));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Remembers what was used up, across nodes and restarts. Of all uses of one id exactly one wins.
public final class SingleUse {
    /// Rows that one clean-up removes at most, so that it never holds up the changes behind it.
    private static final int FORGET_MAX = 1_000;

    private final Store store;

    /// @param store shared by every node that must agree
    public SingleUse(Store store) {
        this.store = store;
    }

    /// Uses an id up. Completes, once that is durable, with true for the first use and false for every later
    /// one; when nobody can say, completes or throws with a `StoreFailure`, and the id must count as used.
    ///
    /// @param id      at most 256 characters
    /// @param expires when nothing accepts the id any more, so that it may be forgotten
    public CompletableFuture<Boolean> consume(String id, Instant expires) {
        return store.writeAsync(session -> session.update(
                        "insert into consumed_token (token_id, expires_at) values (?, ?) on conflict do nothing",
                        id,
                        expires)
                == 1);
    }

    /// Whether an id was used up, and is not forgotten yet.
    public boolean used(String id) {
        return store.read(session -> session.one("select 1 as used from consumed_token where token_id = ?", id)
                .isPresent());
    }

    /// Forgets up to 1,000 ids that expired before `before`. Call it now and then, with an instant so long past
    /// that no node's clock takes such an id for valid.
    ///
    /// @return how many were forgotten
    public int forget(Instant before) {
        return store.write(session -> session.update(
                "delete from consumed_token where token_id in"
                        + " (select token_id from consumed_token where expires_at < ? order by expires_at limit "
                        + FORGET_MAX + ")",
                before));
    }
}

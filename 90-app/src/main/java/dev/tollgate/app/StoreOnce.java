// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.server.mcp.Once;
import dev.tollgate.store.SingleUse;
import dev.tollgate.store.Store;
import java.time.Instant;

/// What counts only once, remembered in the store that all nodes share.
final class StoreOnce implements Once {
    private static final String PREFIX = "once:";

    private final SingleUse uses;

    StoreOnce(Store store) {
        this.uses = new SingleUse(store);
    }

    @Override
    public boolean first(String id, Instant expires) {
        return uses.consume(PREFIX + id, expires).join();
    }

    @Override
    public boolean used(String id) {
        return uses.used(PREFIX + id);
    }
}

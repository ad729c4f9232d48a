// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.limits;

import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.testing.Property;
import java.util.List;
import java.util.Optional;

/// What waits for people, as another node of the same store sees it.
final class Waiting {
    private Waiting() {}

    static List<ExceptionCase> in(GatewayUnderTest gateway) {
        try (Store store = Stores.open(StoreConfig.sqlite(gateway.data().resolve("tollgate.db")))) {
            return new ExceptionQueue(store, gateway.clock(), Property.random(3), QueueLimits.DEFAULT)
                    .list(new TenantId("acme"), Optional.empty(), Optional.empty(), 50)
                    .items();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.Step;
import java.time.Duration;
import java.util.List;

/// Several stores, asked one after another until one has the secret. One that does not answer ends the question:
/// what a later one has may be what the first one took back.
public final class FirstSecretStore implements SecretStore {
    private final List<SecretStore> stores;

    /// @param stores in the order in which they are asked, at least one
    public FirstSecretStore(List<SecretStore> stores) {
        this.stores = List.copyOf(stores);
    }

    @Override
    public Step<Lease> lease(String name, Duration most) {
        Step<Lease> last = SecretStore.rejected();
        for (SecretStore store : stores) {
            last = store.lease(name, most);
            if (last instanceof Step.Passed<Lease> || last.equals(SecretStore.unreachable())) {
                return last;
            }
        }
        return last;
    }
}

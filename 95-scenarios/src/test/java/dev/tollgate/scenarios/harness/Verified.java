// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;

/// A customer of the demo CRM who proves to be who they are, so that a task may go on to the step that needs it.
public final class Verified {
    private Verified() {}

    /// Makes both checks of `change-contact-details` for a contact and an account in the task of a token; whether they
    /// hold is the gateway's to say.
    public static void in(GatewayUnderTest gateway, Ask.Token token, String account, String contact) {
        try (WireClient agent = gateway.agent(
                token.with("crm:contact:verify", "crm:account:verify").at("verification"))) {
            // The first call waits until the demo's data is there.
            agent.call("fraud_check", "{\"id\":\"" + account + "\"}");
            agent.call(
                    "verify_identity",
                    "{\"id\":\"" + contact + "\",\"claims\":{\"birth_date\":\""
                            + held(gateway, contact, "birth_date") + "\",\"phone\":\""
                            + held(gateway, contact, "phone") + "\"}}");
        }
    }

    private static String held(GatewayUnderTest gateway, String contact, String column) {
        try (Store store = Stores.open(StoreConfig.sqlite(gateway.data().resolve("tollgate.db")))) {
            return store.read(session ->
                            session.one("select " + column + " as held from demo_contact where id = ?", contact))
                    .orElseThrow()
                    .text("held");
        }
    }
}

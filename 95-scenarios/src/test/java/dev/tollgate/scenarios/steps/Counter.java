// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.steps;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Customers who ask a support agent for things, and the agent that runs the workflow `change-contact-details`.
final class Counter {
    static final String ACCOUNT = "acc_steps";
    static final String SUSPECT = "acc_suspect";
    static final String CONTACT = "con_steps";
    static final String COLLEAGUE = "con_colleague";
    static final String STRANGER = "con_suspect";
    static final String BORN = "1981-07-19";
    static final String PHONE = "+49 30 90277141";
    static final String EMAIL = "ada.steps@firm.example";
    static final String RIGHT = "\"birth_date\":\"" + BORN + "\",\"phone\":\"" + PHONE + "\"";

    /// What no answer of this workflow may hold.
    static final List<String> SECRETS = List.of(BORN, PHONE, "1975-01-02", "+1 617 5550199", EMAIL);

    private Counter() {}

    static void plant(Store store, Instant now) {
        Plant plant = new Plant(store, now.minus(Duration.ofDays(2)));
        plant.record("account", ACCOUNT, Map.of("name", "Steps Ltd", "status", "active"))
                .record("account", SUSPECT, Map.of("name", "Taken Over", "status", "active"))
                .record("contact", CONTACT, contact(ACCOUNT, BORN, PHONE, EMAIL))
                .record("contact", COLLEAGUE, contact(ACCOUNT, "1975-01-02", "+1 617 5550199", "bo@firm.example"))
                .record("contact", STRANGER, contact(SUSPECT, BORN, PHONE, "eve@taken.example"));
        store.write(
                session -> session.update("update demo_account set fraud_status = 'suspected' where id = ?", SUSPECT));
    }

    private static Map<String, Object> contact(String account, String born, String phone, String email) {
        return Map.of("account_id", account, "name", "Ada Steps", "birth_date", born, "phone", phone, "email", email);
    }

    /// The token of a step, in the task that every step shares.
    static Ask.Token token(String step) {
        return Ask.as("support-triage", "bob", "change-contact-details")
                .about(ACCOUNT)
                .with("crm:*:read", "crm:contact:verify", "crm:account:verify", "crm:contact:write")
                .at(step);
    }

    static WireClient.Reply verify(GatewayUnderTest node, Ask.Token token, String contact, String claims) {
        try (WireClient agent = node.agent(token)) {
            return agent.call("verify_identity", "{\"id\":\"" + contact + "\",\"claims\":{" + claims + "}}");
        }
    }

    static WireClient.Reply fraud(GatewayUnderTest node, Ask.Token token, String account) {
        try (WireClient agent = node.agent(token)) {
            return agent.call("fraud_check", "{\"id\":\"" + account + "\"}");
        }
    }

    static WireClient.Reply change(GatewayUnderTest node, Ask.Token token, String contact, String values) {
        try (WireClient agent = node.agent(token)) {
            return agent.call("contact_update", "{\"id\":\"" + contact + "\",\"values\":{" + values + "}}");
        }
    }

    /// Both checks of the right person, in the task of a token.
    static void pass(GatewayUnderTest node, Ask.Token token) {
        if (!verified(verify(node, token, CONTACT, RIGHT)) || !verified(fraud(node, token, ACCOUNT))) {
            throw new IllegalStateException("the right claims were not enough");
        }
    }

    static boolean verified(WireClient.Reply reply) {
        return reply.structured().path("verified").asBoolean(false);
    }

    static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    static String email(Store store, String contact) {
        return store.read(session -> session.one("select email as held from demo_contact where id = ?", contact))
                .orElseThrow()
                .text("held");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.flow;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Two customers, a note that stays in the house, and policies that judge a change by what was shown before it.
final class FlowGround {
    static final String TAINTED = "acc_tainted";
    static final String CALM = "acc_calm";

    private static final String NOTES_STAY = """

            @id("notes-stay-in-the-house")
            @category("flow")
            forbid (principal, action == Action::"write", resource in Object::"case")
            when { context.carried.contains("internal-notes") };

            @id("strangers-change-no-status")
            @category("flow")
            forbid (principal, action == Action::"write", resource in Object::"case")
            when { context.integrity == "third-party" && resource.name == "status" };
            """;

    private FlowGround() {}

    /// The default bundle with the two rules.
    static BundleFolder bundle(Path folder) {
        return BundleFolder.copy("default", folder).generous().append("policies/15-flow.cedar", NOTES_STAY);
    }

    static void plant(Store store, Instant now) {
        Plant plant = new Plant(store, now.minus(Duration.ofDays(2)));
        for (String account : List.of(TAINTED, CALM)) {
            plant.record("account", account, Map.of("name", account, "status", "active"))
                    .record(
                            "case",
                            "cas_" + account,
                            Map.of(
                                    "account_id",
                                    account,
                                    "status",
                                    "open",
                                    "subject",
                                    "Late parcel",
                                    "incident_summary",
                                    "The customer writes that the parcel is late."))
                    .record(
                            "note",
                            "not_" + account,
                            Map.of("account_id", account, "title", "Margin", "body", "we lose money on them"));
        }
    }

    /// An agent for carol, who may read notes.
    static WireClient agent(GatewayUnderTest node, String workflow, String customer, String session) {
        Ask.Token token = Ask.as("support-triage", "carol", workflow).with("crm:*:read", "crm:case:write");
        return node.agent(new Ask.Token(
                token.agent(),
                token.user(),
                workflow,
                customer,
                token.scopes(),
                "task of " + session,
                session,
                token.life()));
    }

    static WireClient.Reply readNote(GatewayUnderTest node, String customer, String session) {
        try (WireClient agent = agent(node, "review-incident", customer, session)) {
            return agent.call("note_get", "{\"id\":\"not_" + customer + "\",\"fields\":[\"id\",\"body\"]}");
        }
    }

    static WireClient.Reply readCase(GatewayUnderTest node, String customer, String session, String field) {
        try (WireClient agent = agent(node, "support-triage", customer, session)) {
            return agent.call("case_get", "{\"id\":\"cas_" + customer + "\",\"fields\":[\"id\",\"" + field + "\"]}");
        }
    }

    /// Drafts an answer in the case of a customer.
    ///
    /// @param about what the token says that the task is about; nothing when it is empty
    static WireClient.Reply draft(GatewayUnderTest node, String customer, String about, String session) {
        return change(node, customer, about, session, "customer_message_draft", "we are on it, " + session);
    }

    static WireClient.Reply change(
            GatewayUnderTest node, String customer, String about, String session, String field, String value) {
        try (WireClient agent = agent(node, "support-triage", about, session)) {
            return agent.call(
                    "case_update",
                    "{\"id\":\"cas_" + customer + "\",\"values\":{\"" + field + "\":\"" + value + "\"}}");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.DataClass;
import java.util.List;
import java.util.Optional;

/// The classes of requirement S0-9 and those that Tollgate's own controls speak of.
final class BaseClasses {
    private BaseClasses() {}

    static List<DataClasses.Entry> entries() {
        return List.of(
                top("public", 0, "what anybody may know: company profile, published articles"),
                top("record-identifier", 1, "names a record: ids and numbers of accounts, cases, orders"),
                top("record-metadata", 1, "about the record itself: owner, tenant, region, stamps"),
                top("operational", 1, "how things stand: statuses, priorities, products, delivery"),
                top("scoring", 1, "derived by scoring: fit, intent, risk"),
                top("deal", 1, "how a deal stands, without its value: stage, next step, competitor"),
                top("interaction-summary", 2, "a short account of a conversation, written to be shared inside"),
                top("preferences", 2, "what a person likes: channel, language, times"),
                top("marketing-consent", 2, "what a person agreed to be sent, when and how"),
                top("draft", 1, "suggestions and drafts of agents, not yet anybody's word"),
                top("direct-identifier", 3, "tells who a person is"),
                below("person-name", "direct-identifier", 3, "a person's name"),
                below("contact-detail", "direct-identifier", 3, "where a person is reached: e-mail, phone, address"),
                below("government-identifier", "direct-identifier", 4, "numbers that a state gives a person"),
                top("financial", 3, "money"),
                below("deal-value", "financial", 3, "what a deal is worth"),
                below("billing", "financial", 3, "invoices, balances and terms of payment"),
                below("payment", "billing", 3, "payments made and refused"),
                below("bank-account", "billing", 4, "numbers by which money moves"),
                top("contract-terms", 3, "what was agreed: terms, discounts, renewals"),
                top("internal-compliance", 3, "what the house must be able to prove: reviews, blocks, retention"),
                top("operational-notes", 3, "free text of daily work"),
                top("internal-notes", 4, "free text that never leaves the house"),
                below("escalation-notes", "internal-notes", 4, "what was said when things went wrong"),
                top("communication-body", 4, "e-mail bodies and call transcripts"),
                top("sensitive-personal", 4, "what harms a person when known"),
                below("medical", "sensitive-personal", 4, "health"),
                top("credential", 5, "secrets that open doors"),
                top("unclassified", FieldType.TIER_STRICTEST, "what no contract knows; nothing is stricter"));
    }

    private static DataClasses.Entry top(String name, int tier, String description) {
        return new DataClasses.Entry(new DataClass(name), Optional.empty(), tier, description);
    }

    private static DataClasses.Entry below(String name, String parent, int tier, String description) {
        return new DataClasses.Entry(new DataClass(name), Optional.of(new DataClass(parent)), tier, description);
    }
}

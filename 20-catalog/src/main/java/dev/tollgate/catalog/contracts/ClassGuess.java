// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Mask;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A suggestion of the class of a field, from the words of its name and its type.
///
/// @param dataClass suggested class
/// @param tier      of the class
/// @param mask      suggested mask, fitting the type
record ClassGuess(DataClass dataClass, int tier, Optional<Mask> mask) {
    /// Words that hint at a class, strictest first: the first hit wins, so `payment_note` is a note.
    private record Hint(String dataClass, Mask mask, Set<String> words) {
        Hint(String dataClass, Mask mask, String words) {
            this(dataClass, mask, Set.of(words.split(" ")));
        }
    }

    private static final List<Hint> HINTS = List.of(
            new Hint("credential", Mask.FULL, "password passwd secret token apikey credential hash salt otp pin"),
            new Hint("medical", Mask.FULL, "medical health diagnosis allergy disability medication illness"),
            new Hint("government-identifier", Mask.LAST4, "ssn passport national identity tin driver licence license"),
            new Hint("bank-account", Mask.LAST4, "iban bic swift bank card cvv"),
            new Hint(
                    "internal-notes", Mask.FULL, "note notes comment comments remark remarks internal memo escalation"),
            new Hint(
                    "communication-body",
                    Mask.FULL,
                    "body message messages transcript content html attachment attachments"),
            new Hint("direct-identifier", Mask.YEAR, "birth birthday birthdate dob gender nationality"),
            new Hint("contact-detail", Mask.EMAIL, "email mail"),
            new Hint("contact-detail", Mask.LAST4, "phone mobile fax telephone cell sms whatsapp"),
            new Hint(
                    "contact-detail", Mask.FULL, "address addresses street zip postal postcode building skype contact"),
            new Hint(
                    "marketing-consent", Mask.FULL, "consent optin optout newsletter unsubscribe marketing subscribed"),
            new Hint("payment", Mask.RANGE, "payment payments paid refund payout"),
            new Hint(
                    "billing",
                    Mask.RANGE,
                    "invoice invoices billing due balance receivable payable vat tax dunning credit"),
            new Hint("contract-terms", Mask.FULL, "contract terms discount renewal clause"),
            new Hint("deal-value", Mask.RANGE, "amount price total subtotal revenue value cost margin budget forecast"),
            new Hint("person-name", Mask.INITIALS, "name firstname lastname surname nickname salutation"),
            new Hint("preferences", Mask.FULL, "language lang preferred preference preferences locale timezone"),
            new Hint("scoring", Mask.RANGE, "score probability rating rank"),
            new Hint(
                    "record-metadata",
                    Mask.FULL,
                    "created create updated write modified owner tenant company region uid"),
            new Hint("operational", Mask.FULL, "status state stage priority type kind category active sequence"),
            new Hint("record-identifier", Mask.FULL, "id code number reference ref key party account customer"));

    private static final Set<String> PLAIN =
            Set.of("record-metadata", "operational", "record-identifier", "scoring", "preferences");

    static ClassGuess of(String name, ValueType type) {
        List<String> words = Arrays.asList(name.split("_"));
        for (Hint hint : HINTS) {
            boolean hit = words.stream().anyMatch(hint.words()::contains);
            if (hit) {
                return guess(hint.dataClass(), hint.mask(), type);
            }
        }
        return type == ValueType.REFERENCE
                ? guess("record-identifier", Mask.FULL, type)
                : new ClassGuess(DataClass.UNCLASSIFIED, FieldType.TIER_STRICTEST, Optional.empty());
    }

    private static ClassGuess guess(String dataClass, Mask mask, ValueType type) {
        DataClass named = new DataClass(dataClass);
        int tier = DataClasses.BASE.entry(named).map(DataClasses.Entry::tier).orElse(FieldType.TIER_STRICTEST);
        Mask fitting = mask.fits(type) ? mask : Mask.FULL;
        return new ClassGuess(named, tier, PLAIN.contains(dataClass) ? Optional.empty() : Optional.of(fitting));
    }

    /// Names under which systems keep a fact, likeliest first.
    static List<String> candidates(Fact fact) {
        return switch (fact) {
            case OWNER ->
                List.of("owner_id", "owner", "assigned_to", "assignee_id", "salesperson", "employee", "user_id");
            case TENANT -> List.of("tenant_id", "tenant");
            case REGION -> List.of("region", "data_region");
            case CUSTOMER -> List.of("customer_id", "customer", "account_id", "client_id", "party");
            // No name of a column tells what an article applies to.
            case PRODUCT, GEOGRAPHY, POLICY_SET -> List.of();
            case UPDATED -> List.of("updated_at", "write_date", "modified_at", "last_modified_date", "date_modified");
        };
    }
}

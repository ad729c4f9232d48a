// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.catalog.RestrictedTerm;
import dev.tollgate.inspection.finding.Kind;
import java.util.Locale;

/// What may be wrong with a message that is about to leave. The words are what policies read in `context.findings`.
public enum OutboundKind {
    /// A key, a token, a password.
    SECRET("secret"),
    /// A one-time code.
    ONE_TIME_CODE("verification code"),
    /// Personal data that proves itself by its form, and is not the recipient's own.
    PERSONAL_DATA("personal data"),
    /// A person's name or an address that is not the recipient's own; guessed from words.
    NAME_OR_ADDRESS("name or address"),
    /// Personal data of the recipient.
    RECIPIENT_DATA("your data"),
    /// A price that is named as internal, or a term of pricing that the bundle restricts.
    PRICING("pricing"),
    /// A term that the bundle calls confidential.
    CONFIDENTIAL("confidential term"),
    /// A term of the bundle that commits the company to what nobody may promise.
    COMMITMENT("commitment"),
    /// A term of the bundle that admits or threatens something in law.
    LEGAL("legal statement"),
    /// A value that was withheld, masked or removed earlier in this flow.
    WITHHELD_VALUE("withheld value"),
    /// An id of a record or the name of a host that means nothing outside.
    INTERNAL_IDENTIFIER("internal identifier"),
    /// A state or an outcome that the record does not bear out.
    UNSUPPORTED_PROMISE("unsupported statement"),
    /// Asks for a password, a code, a card number.
    CREDENTIAL_REQUEST("request for credentials"),
    /// An amount, a day, an id or the name of a thing that nothing shown in this flow holds, and that nobody asked
    /// about.
    UNGROUNDED("unconfirmed detail"),
    /// Insults, threatens or shouts.
    TONE("unfitting words"),
    /// The writer says that it is guessing.
    UNSURE("guess"),
    /// Characters that hide or reorder what a reader sees.
    HIDDEN_TEXT("hidden text"),
    /// A picture that is fetched from an address which carries data.
    IMAGE_LINK("picture with a link"),
    /// More than is looked at.
    TOO_LONG("text that is too long");

    private final String placeholder;

    OutboundKind(String words) {
        this.placeholder = "[" + words + " removed]";
    }

    /// The word that policies and the log use, for example `withheld-value`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What stands in the masked message instead.
    public String placeholder() {
        return placeholder;
    }

    /// What a term of the bundle is.
    static OutboundKind of(RestrictedTerm.Group group) {
        return switch (group) {
            case PRICING -> PRICING;
            case CONFIDENTIAL -> CONFIDENTIAL;
            case COMMITMENT -> COMMITMENT;
            case LEGAL -> LEGAL;
        };
    }

    /// What is found in any text, as a message has it.
    static OutboundKind of(Kind kind) {
        return switch (kind.group()) {
            case SECRET -> kind == Kind.OTP ? ONE_TIME_CODE : SECRET;
            case COMMERCIAL -> PRICING;
            case PERSONAL -> PERSONAL_DATA;
        };
    }
}

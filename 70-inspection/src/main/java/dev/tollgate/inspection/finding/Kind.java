// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.finding;

/// What kind of thing was found. The names are the type names that `tollgate inspect` prints.
public enum Kind {
    /// A vendor's key or token.
    API_KEY(Group.SECRET, "API key"),
    /// A signed token, RFC 7519.
    JWT(Group.SECRET, "signed token"),
    /// A private key in PEM or age form.
    PRIVATE_KEY(Group.SECRET, "private key"),
    /// A password, or a URL that carries one.
    PASSWORD(Group.SECRET, "password"),
    /// A value that a name like `secret` or `token` announces.
    GENERIC_SECRET(Group.SECRET, "secret"),
    /// A one-time code.
    OTP(Group.SECRET, "verification code"),
    /// A person's name.
    PERSON(Group.PERSONAL, "name"),
    /// A postal address, or a part of one.
    ADDRESS(Group.PERSONAL, "address"),
    /// An e-mail address.
    EMAIL(Group.PERSONAL, "e-mail"),
    /// A phone number.
    PHONE(Group.PERSONAL, "phone number"),
    /// A payment card's number, ISO/IEC 7812.
    CREDIT_CARD(Group.PERSONAL, "card number"),
    /// An account number, ISO 13616.
    IBAN(Group.PERSONAL, "account number"),
    /// A date of birth.
    DATE_OF_BIRTH(Group.PERSONAL, "date of birth"),
    /// An IP address or network.
    IP(Group.PERSONAL, "IP address"),
    /// A social security number of the United States.
    US_SSN(Group.PERSONAL, "social security number"),
    /// Another country's national or tax id, by its check digits.
    NATIONAL_ID(Group.PERSONAL, "national id"),
    /// A passport's number.
    PASSPORT(Group.PERSONAL, "passport number"),
    /// A price that is named as internal.
    PRICING_CONFIDENTIAL(Group.COMMERCIAL, "internal price");

    /// Whose interest a kind touches.
    public enum Group {
        /// Whoever holds it gets in.
        SECRET,
        /// It is about a person.
        PERSONAL,
        /// The company keeps it to itself.
        COMMERCIAL
    }

    private final Group group;
    private final String placeholder;

    Kind(Group group, String words) {
        this.group = group;
        this.placeholder = "[" + words + " removed]";
    }

    /// Whose interest it touches.
    public Group group() {
        return group;
    }

    /// What stands in the text instead, for example `[verification code removed]`.
    public String placeholder() {
        return placeholder;
    }
}

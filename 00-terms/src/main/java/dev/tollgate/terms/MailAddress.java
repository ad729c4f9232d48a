// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// One mail address in the form that cannot be misread: `local@domain` of ASCII letters, digits and a
/// few signs (RFC 5322 §3.4.1 `dot-atom`, RFC 5321 §4.5.3.1). Comments, quoted parts, groups, display
/// names, spaces, address literals, line breaks and letters outside ASCII are no address here: two
/// programs may read each of them in two ways. What is not of the form is refused, never repaired.
///
/// @param local  as written
/// @param domain as written; compared without case
public record MailAddress(String local, String domain) {
    /// Characters of an address (RFC 5321 §4.5.3.1.3, without the angle brackets).
    public static final int CHARS_MAX = 254;

    private static final int LOCAL_CHARS_MAX = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    // The last label has a letter: numbers alone are an address of a machine.
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)+(?=[A-Za-z0-9-]*[A-Za-z])" + LABEL);

    public MailAddress {
        Require.require(sound(local, domain), "a mail address is `local@domain` of plain letters");
    }

    /// The address of that text, or nothing when the text is none.
    public static Optional<MailAddress> parse(String text) {
        int at = text.indexOf('@');
        if (text.length() > CHARS_MAX || at < 0) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1);
        return sound(local, domain) ? Optional.of(new MailAddress(local, domain)) : Optional.empty();
    }

    private static boolean sound(String local, String domain) {
        return local.length() <= LOCAL_CHARS_MAX
                && local.length() + 1 + domain.length() <= CHARS_MAX
                && LOCAL.matcher(local).matches()
                && DOMAIN.matcher(domain).matches();
    }

    /// The domain as it is compared.
    public String host() {
        return domain.toLowerCase(Locale.ROOT);
    }

    /// Whether a text is this address, whatever its case: servers tell no mailboxes apart by case.
    public boolean same(String other) {
        return text().equalsIgnoreCase(other);
    }

    /// The address as written.
    public String text() {
        return local + "@" + domain;
    }

    /// Addresses are personal data.
    @Override
    public String toString() {
        return "MailAddress[***]";
    }
}

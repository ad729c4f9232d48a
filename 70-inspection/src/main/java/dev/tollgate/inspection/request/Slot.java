// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What an argument of a tool is for, as its name and its value say.
enum Slot {
    /// Where something goes, or who gets it.
    DESTINATION,
    /// What is said, in words.
    CONTENT,
    /// Anything else.
    PARAMETER;

    private static final Set<String> DESTINATIONS = Set.of(
            "to",
            "cc",
            "bcc",
            "recipient",
            "recipients",
            "email",
            "emails",
            "mail",
            "url",
            "uri",
            "link",
            "href",
            "webhook",
            "endpoint",
            "callback",
            "channel",
            "phone",
            "iban",
            "payee",
            "beneficiary",
            "guest",
            "host",
            "domain",
            "destination",
            "attendees",
            "participants",
            "invitee",
            "invitees",
            "wallet",
            "member",
            "members",
            "target",
            "receiver",
            "address",
            "addresses",
            "number",
            "bic",
            "swift");
    private static final Set<String> CONTENTS = Set.of(
            "body",
            "content",
            "contents",
            "text",
            "message",
            "subject",
            "title",
            "description",
            "note",
            "notes",
            "comment",
            "summary",
            "caption",
            "reason",
            "html",
            "markdown",
            "reply",
            "answer",
            "details",
            "data");
    private static final Set<String> ORIGINS = Set.of("from", "sender", "source");
    private static final Pattern PARTS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern ADDRESS = Pattern.compile(
            "[^\\s@]+@[^\\s@]+\\.[^\\s@]+|(?i:https?|ftp|wss?)://\\S+|www\\.\\S+|[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){10,30}"
                    + "|\\+\\d[\\d ()-]{6,}\\d"
                    + "|0x[0-9a-fA-F]{20,}|(?i:bc1|[13])[a-zA-HJ-NP-Z0-9]{25,60}");

    /// The slot of an argument of that name which holds that value.
    static Slot of(String name, String value) {
        Slot named = PARAMETER;
        for (String part : PARTS.split(name, -1)) {
            String word = part.toLowerCase(Locale.ROOT);
            if (ORIGINS.contains(word)) {
                return PARAMETER;
            }
            if (DESTINATIONS.contains(word)) {
                return DESTINATION;
            }
            named = CONTENTS.contains(word) ? CONTENT : named;
        }
        return named == PARAMETER && address(value) ? DESTINATION : named;
    }

    /// Whether a value is an address: of mail, of the web, of an account, a telephone number.
    static boolean address(String value) {
        return ADDRESS.matcher(value.strip()).matches();
    }
}

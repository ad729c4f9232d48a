// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a workload, `spiffe://TRUST-DOMAIN/PATH` (SPIFFE-ID §2), for example
/// `spiffe://crm.example/agents/sales-copilot`. Exactly one spelling: no query, no port, no escape, no empty segment.
///
/// @param trustDomain who vouches for it, in lower case, at most 255 characters
/// @param path        begins with `/`; a trust domain alone names no workload
public record SpiffeId(String trustDomain, String path) {
    /// SPIFFE-ID §2.3: an implementation must take 2048 bytes, and must not make more.
    private static final int CHARS_MAX = 2_048;

    private static final String SCHEME = "spiffe://";
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._-]+)+");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(?:/.*)?");

    public SpiffeId {
        boolean whole = DOMAIN.matcher(trustDomain).matches()
                && PATH.matcher(path).matches()
                && !DOTS.matcher(path).matches()
                && SCHEME.length() + trustDomain.length() + path.length() <= CHARS_MAX;
        Require.require(whole, "a SPIFFE id is `spiffe://trust-domain/path`");
    }

    /// The id of that text, or nothing when the text is none.
    public static Optional<SpiffeId> parse(String text) {
        int slash = text.startsWith(SCHEME) && text.length() <= CHARS_MAX ? text.indexOf('/', SCHEME.length()) : -1;
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SpiffeId(text.substring(SCHEME.length(), slash), text.substring(slash)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Whether a text is the name of a trust domain.
    public static boolean isTrustDomain(String text) {
        return DOMAIN.matcher(text).matches();
    }

    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}

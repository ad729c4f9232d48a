// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// An address in one spelling (RFC 3986 §6.2.2 and §6.2.3), without query and fragment, as RFC 9449
/// §4.3 compares it.
record ProofAddress(String scheme, String host, int port, String path) {
    /// Longer than any address of a door.
    private static final int CHARS_MAX = 1_024;

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /// The address in a text, or nothing.
    static Optional<ProofAddress> of(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text).normalize();
            if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS : HTTP;
            String path = unreserved(uri.getRawPath() == null ? "" : uri.getRawPath());
            return Optional.of(new ProofAddress(
                    scheme, uri.getHost().toLowerCase(Locale.ROOT), port, path.isEmpty() ? "/" : path));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /// Escapes in capitals, and none for what needs none.
    private static String unreserved(String path) {
        StringBuilder plain = new StringBuilder(path.length());
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            int code = Integer.parseInt(path.substring(at + 1, at + 3), 16);
            boolean needless = code < 128 && (Character.isLetterOrDigit(code) || "-._~".indexOf(code) >= 0);
            plain.append(
                    needless
                            ? String.valueOf((char) code)
                            : path.substring(at, at + 3).toUpperCase(Locale.ROOT));
            at += 2;
        }
        return plain.toString();
    }
}

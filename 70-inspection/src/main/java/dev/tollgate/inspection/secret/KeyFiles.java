// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// Private keys in PEM, RFC 7468, and PGP, RFC 9580. A key that was cut off is one too.
final class KeyFiles {
    /// A label is `RSA PRIVATE KEY` or alike.
    private static final int LABEL_MAX = 60;

    /// An RSA key of 16,384 bits takes 12.5 KB.
    private static final int CHARS_MAX = 16_384;

    /// Fewer letters than this are an example in a manual.
    private static final int BODY_MIN = 24;

    private static final Letters BODY = new Letters("A-Za-z0-9+/=,:. \t\r\n\\-");

    private KeyFiles() {}

    static void look(String text, int start, List<Finding> found) {
        if (!found.isEmpty() && found.getLast().end() > start && found.getLast().kind() == Kind.PRIVATE_KEY) {
            return;
        }
        int label = start + "-----BEGIN ".length();
        int close = text.indexOf("-----", label, Math.min(text.length(), label + LABEL_MAX + 5));
        if (close < 0
                || close > label + LABEL_MAX
                || !text.substring(label, close).contains("PRIVATE KEY")) {
            return;
        }
        int body = close + "-----".length();
        int run = BODY.run(text, body, CHARS_MAX);
        int finish = text.indexOf("-----END ", body, Math.min(text.length(), run + 1));
        int end = run;
        if (finish >= 0 && finish <= run) {
            int last = text.indexOf(
                    "-----",
                    finish + "-----END ".length(),
                    Math.min(text.length(), finish + LABEL_MAX + "-----END ".length()));
            end = last >= 0 && last <= finish + LABEL_MAX + "-----END ".length() ? last + "-----".length() : run;
        }
        while (end > body && text.charAt(end - 1) <= ' ') {
            end--;
        }
        int letters = 0;
        int limit = finish >= 0 && finish < end ? finish : end;
        for (int at = body; at < limit && letters < BODY_MIN; at++) {
            letters += Letters.ALNUM.has(text.charAt(at)) ? 1 : 0;
        }
        if (letters >= BODY_MIN) {
            found.add(new Finding(Kind.PRIVATE_KEY, start, end, "private-key"));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.finding.Finding;
import java.util.Optional;

/// A text that comes in pieces, and goes on without secrets. The last of it is always held back, because a secret may
/// lie across two pieces, and a code is known by the words before it: what is let go ends where no secret goes on.
final class Trickle {
    /// Longer than the words that make a number a code, and than what names a password.
    private static final int HELD_CHARS = 200;

    /// A word without an end is no word of an answer.
    private static final int HELD_CHARS_MAX = 16 * 1024;

    private static final String KEY_BEGINS = "-----BEGIN";
    private static final String KEY_ENDS = "-----END";
    private static final String BREAKS = "\"',;(){}<>[]|";

    private final Inspector inspector;
    private final Sieve sieve;
    private final StringBuilder held = new StringBuilder();
    private String before = "";

    Trickle(Inspector inspector, Sieve sieve) {
        this.inspector = inspector;
        this.sieve = sieve;
    }

    /// One more piece; gives what may go on, which may be nothing yet. Empty when the text must not go on at all.
    Optional<String> add(String piece) {
        held.append(piece);
        int cut = cut();
        if (cut <= 0) {
            return held.length() > HELD_CHARS_MAX ? Optional.empty() : Optional.of("");
        }
        return Optional.of(release(cut));
    }

    /// The end of the text; gives the rest.
    String end() {
        return held.isEmpty() ? "" : release(held.length());
    }

    /// Where what is held may be cut: far enough from its end, between words, outside everything that was found.
    private int cut() {
        int at = held.length() - HELD_CHARS;
        while (at > 0 && !breaks(held.charAt(at - 1))) {
            at--;
        }
        int key = held.indexOf(KEY_BEGINS);
        if (key >= 0 && held.indexOf(KEY_ENDS, key) < 0) {
            at = Math.min(at, key);
        }
        if (at <= 0) {
            return 0;
        }
        for (Finding found : inspector.secretSpans(before + held)) {
            int start = found.start() - before.length();
            int end = found.end() - before.length();
            if (start < at && at < end) {
                at = start;
            }
        }
        return Math.max(0, at);
    }

    private static boolean breaks(char one) {
        // Scripts without blanks: no secret is written in them.
        boolean script = Character.isIdeographic(one)
                || (one >= 0x0e00 && one <= 0x0e7f)
                || (one >= 0x3000 && one <= 0x30ff)
                || (one >= 0xac00 && one <= 0xd7a3);
        return script || Character.isWhitespace(one) || BREAKS.indexOf(one) >= 0;
    }

    private String release(int cut) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Finding found : inspector.secretSpans(before + held)) {
            int start = Math.max(from, found.start() - before.length());
            int end = Math.min(cut, found.end() - before.length());
            if (start < end) {
                out.append(held, from, start).append(found.kind().placeholder());
                sieve.count(found.kind());
                from = end;
            }
        }
        out.append(held, from, cut);
        String released = sieve.clean(out.toString());
        before = tail(before + released);
        held.delete(0, cut);
        return released;
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - HELD_CHARS));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.List;

/// The pattern of `like`: literal texts with wildcards between them; each wildcard matches any text, the empty one
/// included. Case-sensitive. Matching takes the first place of each text, so it never backtracks.
final class Wildcards {
    private final List<String> texts;

    private Wildcards(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /// Collects a pattern piece by piece.
    static final class Builder {
        private final List<String> texts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        void literal(String more) {
            text.append(more);
        }

        void wildcard() {
            texts.add(text.toString());
            text.setLength(0);
        }

        Wildcards build() {
            List<String> all = new ArrayList<>(texts);
            all.add(text.toString());
            return new Wildcards(all);
        }
    }

    boolean matches(String subject) {
        String first = texts.getFirst();
        String last = texts.getLast();
        if (texts.size() == 1) {
            return subject.equals(first);
        }
        int end = subject.length() - last.length();
        if (end < first.length() || !subject.startsWith(first) || !subject.endsWith(last)) {
            return false;
        }
        int from = first.length();
        for (int at = 1; at < texts.size() - 1; at++) {
            String text = texts.get(at);
            int found = subject.indexOf(text, from, end);
            if (found < 0) {
                return false;
            }
            from = found + text.length();
        }
        return true;
    }

    /// How much work matching a subject is, at most, in characters looked at.
    long cost(String subject) {
        return (long) subject.length() * Math.max(1, texts.size());
    }

    @Override
    public String toString() {
        return String.join("*", texts);
    }
}

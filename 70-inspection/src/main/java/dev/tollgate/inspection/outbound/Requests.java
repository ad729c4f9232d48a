// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.inspection.outbound.Grammar.Sense;
import dev.tollgate.inspection.outbound.OutboundRules.Hit;
import dev.tollgate.inspection.outbound.Sentences.Sentence;
import java.util.ArrayList;
import java.util.List;

/// Finds sentences that ask the reader for a password, a code, a card number. `Never share your password` asks for
/// nothing.
final class Requests {
    /// Words between the asking and what is asked for: `send us a picture of both sides of your card number`.
    private static final int ASK_WORDS_MAX = 8;

    /// Words between `never` and the asking: `we will never call and ask you to share`.
    private static final int DENY_WORDS_MAX = 6;

    private Requests() {}

    static List<Hit> in(String text, List<Hit> hits) {
        boolean none = hits.stream().noneMatch(hit -> hit.entry().sense() == Sense.CREDENTIAL);
        List<Hit> found = new ArrayList<>();
        if (none) {
            return found;
        }
        int first = 0;
        for (Sentence sentence : Sentences.of(text)) {
            List<Hit> here = new ArrayList<>();
            while (first < hits.size() && hits.get(first).end() <= sentence.end()) {
                here.add(hits.get(first++));
            }
            for (Hit credential : here) {
                if (credential.entry().sense() == Sense.CREDENTIAL && asked(text, here, credential)) {
                    found.add(credential);
                }
            }
        }
        return found;
    }

    private static boolean asked(String text, List<Hit> here, Hit credential) {
        boolean somewhere = here.stream().anyMatch(hit -> hit.entry().sense() == Sense.PLACE);
        for (Hit hit : here) {
            boolean asks = hit.entry().sense() == Sense.ASK || (hit.entry().sense() == Sense.TYPE && somewhere);
            if (asks && between(text, hit, credential) <= ASK_WORDS_MAX && !denied(text, here, hit, credential)) {
                return true;
            }
        }
        return false;
    }

    private static int between(String text, Hit one, Hit other) {
        return one.start() < other.start()
                ? Sentences.words(text, one.end(), other.start())
                : Sentences.words(text, other.end(), one.start());
    }

    private static boolean denied(String text, List<Hit> here, Hit ask, Hit credential) {
        for (Hit hit : here) {
            boolean before =
                    hit.end() <= ask.start() && Sentences.words(text, hit.end(), ask.start()) <= DENY_WORDS_MAX;
            // German and French deny behind the verb: `geben Sie nie …`, `… Ihr Passwort nie weiter`
            boolean within = hit.start() >= ask.end() && hit.end() <= credential.start();
            boolean behind = hit.start() == credential.end() + 1;
            boolean only = here.stream()
                    .anyMatch(other -> other.entry().sense() == Sense.ONLY
                            && other.start() <= hit.start()
                            && other.end() >= hit.end());
            if (hit.entry().sense() == Sense.NEGATION && (before || within || behind) && !only) {
                return true;
            }
        }
        return false;
    }
}

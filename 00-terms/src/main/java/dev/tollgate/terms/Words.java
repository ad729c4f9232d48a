// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;

/// Words that records are searched for, any of which must stand in one of some fields. Records with more of them come
/// first, and a word in the first field counts three times: what no rule lets through has no part in the order, so that
/// it tells nothing of other records. Letters and digits alone: there is nothing in a word that a system could take for
/// an operator.
///
/// @param fields fields of the contract whose texts are searched, 1 to 4
/// @param words  1 to 8 words of 1 to 40 letters and digits, in lower case
public record Words(List<String> fields, List<String> words) {
    /// More words find no more, and each is a look into the index.
    public static final int WORDS_MAX = 8;

    /// Longer words stand in no text that people search.
    public static final int WORD_CHARS_MAX = 40;

    /// What a call may bring as words.
    public static final int TEXT_CHARS_MAX = 200;

    private static final int FIELDS_MAX = 4;

    public Words {
        fields = List.copyOf(fields);
        words = List.copyOf(words);
        Require.require(!fields.isEmpty() && fields.size() <= FIELDS_MAX, "words are searched in 1 to 4 fields");
        Require.require(
                !words.isEmpty() && words.size() <= WORDS_MAX && words.stream().allMatch(Words::plain),
                "there are 1 to " + WORDS_MAX + " words of letters and digits");
    }

    private static boolean plain(String word) {
        return !word.isEmpty()
                && word.length() <= WORD_CHARS_MAX
                && word.codePoints().allMatch(Character::isLetterOrDigit);
    }

    /// The words of a text, as they are searched for and as texts are indexed: compatibility-folded, in lower case,
    /// apart where anything else stands.
    public static List<String> of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        SequencedSet<String> words = new LinkedHashSet<>();
        StringBuilder word = new StringBuilder();
        folded.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
            } else {
                ended(word, words);
            }
        });
        ended(word, words);
        return List.copyOf(words);
    }

    private static void ended(StringBuilder word, SequencedSet<String> words) {
        if (plain(word.toString())) {
            words.add(word.toString());
        }
        word.setLength(0);
    }

    Value canonical() {
        return new Value.Fields(Map.of("fields", Value.texts(fields), "words", Value.texts(words)));
    }
}

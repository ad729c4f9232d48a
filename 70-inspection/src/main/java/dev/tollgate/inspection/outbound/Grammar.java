// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The words of the outbound grammar that no bundle changes, in five languages.
final class Grammar {
    private static final String WORDS = "/dev/tollgate/inspection/outbound-words.txt";

    /// What a word does in a sentence.
    enum Sense {
        /// Says that it is not so.
        NEGATION,
        /// Looks like a negation and is none.
        ONLY,
        /// What follows may or may not come.
        CONDITION,
        /// Begins a question.
        QUESTION,
        /// Begins a statement that is dressed as a question.
        KNOWN,
        /// What follows has not happened yet.
        FUTURE,
        /// What follows is possible.
        MODAL,
        /// Ends what a word before it reaches.
        BREAK,
        /// Asks the reader for something.
        ASK,
        /// Asks the reader to type something.
        TYPE,
        /// Where to.
        PLACE,
        /// What nobody may be asked for.
        CREDENTIAL,
        /// Does not fit a letter to a customer.
        TONE,
        /// The writer guesses.
        UNSURE,
        /// What a contract calls a thing that has states.
        SUBJECT,
        /// Claims a state.
        STATE,
        /// A term that the bundle restricts.
        TERM
    }

    /// One phrase and what it does.
    ///
    /// @param rank what it refers to: a subject, or a restricted term; 0 for words of the grammar itself
    record Entry(String phrase, Sense sense, int rank, String state) {}

    private Grammar() {}

    /// Every entry that ships with the room.
    static List<Entry> shipped() {
        try (InputStream in = Grammar.class.getResourceAsStream(WORDS)) {
            if (in == null) {
                throw new IllegalStateException("the resource `" + WORDS + "` is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .flatMap(line -> entries(line).stream())
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<Entry> entries(String line) {
        int colon = line.indexOf(':');
        Sense sense = Sense.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
        List<Entry> entries = new ArrayList<>();
        Arrays.stream(line.substring(colon + 1).split(","))
                .map(String::strip)
                .forEach(word -> entries.add(new Entry(word, sense, 0, "")));
        return entries;
    }
}

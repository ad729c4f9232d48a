// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.List;

/// What was found in a message that was to leave, as words of a closed list: never the text.
///
/// @param words for example `unsupported-promise`
public record FoundWords(List<String> words) {
    /// Nothing, or it was no message.
    public static final FoundWords NONE = new FoundWords(List.of());

    public FoundWords {
        words = List.copyOf(words);
    }

    /// The end of a sentence that says so, and what to do next; empty when nothing was found.
    public String told(String next) {
        return words.isEmpty() ? "" : "; found in the message: " + String.join(", ", words) + ": " + next;
    }
}

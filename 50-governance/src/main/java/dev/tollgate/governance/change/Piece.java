// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.change;

import java.util.List;

/// A piece of a text as people see it. The originals of a text's pieces, put together, are the text:
/// nothing is left out.
///
/// @param kind     what it is
/// @param original what stands in the text
/// @param shown    what to show in its place; the original itself for plain text
public record Piece(Kind kind, String original, String shown) {
    /// What a piece is. Closed.
    public enum Kind {
        /// Text that looks like what it is.
        PLAIN,
        /// Reorders what stands beside it: shown by name.
        BIDI,
        /// Shows nothing, or nothing that can be told from a space: shown by name.
        INVISIBLE,
        /// Looks like another character, for example a Cyrillic `а` in a Latin word.
        CONFUSABLE
    }

    /// The pieces of a text, for what people read beside a change.
    public static List<Piece> of(String text) {
        return VisibleText.pieces(text);
    }

    static Piece plain(String text) {
        return new Piece(Kind.PLAIN, text, text);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.change;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes visible what a person would not see in a text (requirement B-11): controls that reorder it
/// (Unicode UAX 9), characters that show nothing, and characters that look like others (UTS 39, by ICU's
/// tables). Never shortens.
final class VisibleText {
    /// A word as a reader takes it in: letters, digits and their marks.
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    /// A text of one script, or of the mixtures that languages use (Japanese, Korean), passes.
    private static final SpoofChecker MIXED = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.MIXED_NUMBERS)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    private static final int ASCII_MAX = 0x7f;

    private VisibleText() {}

    /// The pieces of `text`, neighbours of plain text put together.
    static List<Piece> pieces(String text) {
        Pieces pieces = new Pieces();
        boolean[] confusable = confusable(text);
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String original = text.substring(at, at + Character.charCount(point));
            if (bidi(point)) {
                pieces.add(new Piece(Piece.Kind.BIDI, original, name(point)));
            } else if (invisible(point)) {
                pieces.add(new Piece(Piece.Kind.INVISIBLE, original, name(point)));
            } else if (confusable[at]) {
                pieces.add(new Piece(Piece.Kind.CONFUSABLE, original, original + " " + name(point)));
            } else {
                pieces.plain(original);
            }
            at += original.length();
        }
        return pieces.done();
    }

    /// Where characters stand that pass for ASCII: in words that look all ASCII and are not, and in words
    /// that mix scripts. A word that is all Russian or all Greek and looks it stays as it is.
    private static boolean[] confusable(String text) {
        boolean[] found = new boolean[text.length()];
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            String word = words.group();
            if (ascii(word) || !(ascii(skeleton(word)) || MIXED.failsChecks(word))) {
                continue;
            }
            for (int at = 0; at < word.length(); ) {
                String one = Character.toString(word.codePointAt(at));
                found[words.start() + at] = !ascii(one) && ascii(skeleton(one));
                at += one.length();
            }
        }
        return found;
    }

    /// What a text looks like. UTS 39 leaves out wide letters and those of mathematics, which are ASCII in
    /// another dress.
    private static String skeleton(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(point -> {
            String one = Character.toString(point);
            plain.append(dressed(point) ? Normalizer.normalize(one, Normalizer.Form.NFKC) : one);
        });
        return MIXED.getSkeleton(plain);
    }

    private static boolean dressed(int point) {
        int type = UCharacter.getIntPropertyValue(point, UProperty.DECOMPOSITION_TYPE);
        return type == UCharacter.DecompositionType.WIDE
                || type == UCharacter.DecompositionType.NARROW
                || type == UCharacter.DecompositionType.FONT;
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c <= ASCII_MAX);
    }

    private static boolean bidi(int point) {
        return UCharacter.hasBinaryProperty(point, UProperty.BIDI_CONTROL);
    }

    /// Whatever has no glyph of its own, a space that is not the space, and what no font can know. Line
    /// breaks and tabs are visible as they are.
    private static boolean invisible(int point) {
        if (point == '\n' || point == '\t' || point == ' ') {
            return false;
        }
        return UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT) || shapeless(point);
    }

    private static boolean shapeless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /// For example `U+202E RIGHT-TO-LEFT OVERRIDE`.
    private static String name(int point) {
        String digits = HexFormat.of().withUpperCase().toHexDigits(point, point > 0xffff ? 6 : 4);
        String name = Character.getName(point);
        return "U+" + digits + (name == null ? "" : " " + name);
    }

    private static final class Pieces {
        private final List<Piece> done = new ArrayList<>();
        private final StringBuilder plain = new StringBuilder();

        void plain(String text) {
            plain.append(text);
        }

        void add(Piece piece) {
            flush();
            done.add(piece);
        }

        List<Piece> done() {
            flush();
            return List.copyOf(done);
        }

        private void flush() {
            if (!plain.isEmpty()) {
                done.add(Piece.plain(plain.toString()));
                plain.setLength(0);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import java.util.Arrays;

/// A text cut into words and passages. A passage is a sentence, a line, a cell or a value; none is
/// longer than 300 characters, so that an instruction stands out against the record that hides it.
final class Passages {
    /// Longer sentences are cut.
    private static final int PASSAGE_CHARS = 300;

    private static final int WORD_CHARS = 48;
    private static final int FIRST_CAPACITY = 128;
    private static final int CJK_WORD = 4;

    int size;
    long[] hashes = new long[FIRST_CAPACITY];
    byte[] classes = new byte[FIRST_CAPACITY];
    byte[] shapes = new byte[FIRST_CAPACITY];
    int passages;
    int[] firsts = new int[FIRST_CAPACITY];

    private final WordClasses lexicon;
    private int passageStart;

    Passages(String text, WordClasses lexicon) {
        this.lexicon = lexicon;
        int at = 0;
        int length = text.length();
        while (at < length) {
            char letter = text.charAt(at);
            if (at - passageStart > PASSAGE_CHARS) {
                close(at);
            }
            if (isCjk(letter)) {
                at = cjk(text, at);
            } else if (isLetter(letter)) {
                at = word(text, at);
            } else if (letter >= '0' && letter <= '9') {
                at = number(text, at);
            } else {
                at = sign(text, at, letter);
            }
        }
        close(length);
        firsts = Arrays.copyOf(firsts, passages + 1);
        firsts[passages] = size;
    }

    private void close(int at) {
        passageStart = at;
        int last = passages == 0 ? 0 : firsts[passages - 1];
        if (size > last || passages == 0) {
            if (passages + 1 >= firsts.length) {
                firsts = Arrays.copyOf(firsts, firsts.length * 2);
            }
            if (passages == 0) {
                firsts[passages++] = 0;
            }
        }
        if (passages > 0 && size > firsts[passages - 1]) {
            firsts[passages++] = size;
        }
    }

    private void add(long hash, int kind, int shape) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            classes = Arrays.copyOf(classes, size * 2);
            shapes = Arrays.copyOf(shapes, size * 2);
        }
        hashes[size] = hash;
        classes[size] = (byte) kind;
        shapes[size++] = (byte) shape;
    }

    private int word(String text, int start) {
        int end = start;
        int stem = WordClasses.NONE;
        long hash = WordClasses.start();
        int upper = 0;
        boolean joined = false;
        int limit = Math.min(text.length(), start + WORD_CHARS);
        while (end < limit) {
            char letter = text.charAt(end);
            if (!isLetter(letter)
                    && !(letter == '_' && end > start)
                    && !(letter >= '0' && letter <= '9')
                    && !((letter == '\'' || letter == '-')
                            && end + 1 < text.length()
                            && isLetter(text.charAt(end + 1))
                            && text.charAt(end + 1) != 's')) {
                break;
            }
            char lower = lower(letter);
            upper += lower == letter || end == start ? 0 : 1;
            joined |= letter == '_';
            hash = WordClasses.next(hash, lower);
            int found = lexicon.stem(hash, end - start + 1);
            stem = found == WordClasses.NONE ? stem : found;
            end++;
        }
        if (end < text.length()
                && (text.charAt(end) == '@'
                        || text.startsWith("://", end)
                        || (text.charAt(end) == '.' && isLink(text, start, end)))) {
            return address(text, start, end);
        }
        int whole = lexicon.whole(hash);
        int kind = whole != WordClasses.NONE ? whole : stem;
        boolean code = joined || (upper > 0 && upper < end - start - 1);
        add(
                hash,
                kind == WordClasses.NONE && code ? WordClasses.IDENTIFIER : kind,
                upper > 1 && !code ? 3 : lower(text.charAt(start)) != text.charAt(start) ? 2 : 1);
        return end;
    }

    private static boolean isLink(String text, int start, int end) {
        return text.startsWith("www", start)
                || (end + 3 < text.length() && isLetter(text.charAt(end + 1)) && dots(text, end + 1));
    }

    private static boolean dots(String text, int at) {
        for (int look = at; look < text.length() && text.charAt(look) > ' ' && look - at < WORD_CHARS; look++) {
            if (text.charAt(look) == '@' || text.charAt(look) == '/') {
                return true;
            }
        }
        return false;
    }

    private int address(String text, int start, int end) {
        boolean mail = false;
        int stop = end;
        while (stop < text.length()
                && stop - start < PASSAGE_CHARS
                && text.charAt(stop) > ' '
                && "\"'<>|)],".indexOf(text.charAt(stop)) < 0) {
            mail |= text.charAt(stop) == '@';
            stop++;
        }
        add(mail ? 1 : 2, mail && !text.startsWith("://", end) ? WordClasses.MAIL : WordClasses.LINK, 0);
        return stop > end && text.charAt(stop - 1) == '.' ? stop - 1 : stop;
    }

    private int number(String text, int start) {
        int end = start;
        while (end < text.length()
                && end - start < WORD_CHARS
                && ((text.charAt(end) >= '0' && text.charAt(end) <= '9')
                        || (",.-:/".indexOf(text.charAt(end)) >= 0
                                && end + 1 < text.length()
                                && text.charAt(end + 1) >= '0'
                                && text.charAt(end + 1) <= '9'))) {
            end++;
        }
        add(3, WordClasses.NUMBER, 0);
        return end;
    }

    /// A language without spaces: the longest word of the lists that begins here, else one letter.
    private int cjk(String text, int start) {
        long hash = WordClasses.start();
        int best = WordClasses.NONE;
        int end = start + 1;
        for (int at = start; at < text.length() && at - start < CJK_WORD && isCjk(text.charAt(at)); at++) {
            hash = WordClasses.next(hash, text.charAt(at));
            int whole = lexicon.whole(hash);
            if (whole != WordClasses.NONE) {
                best = whole;
                end = at + 1;
            }
        }
        if (best != WordClasses.NONE) {
            add(4, best, 1);
        }
        return end;
    }

    private int sign(String text, int at, char letter) {
        switch (letter) {
            case '.', '?', '!', ';', '。', '！', '？', '；' -> {
                add(letter, WordClasses.NONE, 4);
                if (at + 1 >= text.length()
                        || text.charAt(at + 1) <= ' '
                        || letter > 127
                        || text.charAt(at + 1) == '\\'
                        || "\"'<}|".indexOf(text.charAt(at + 1)) >= 0) {
                    close(at + 1);
                }
            }
            case '\n', '|', '\r', '{', '}' -> close(at + 1);
            case '\\' -> {
                boolean line = at + 1 < text.length() && "nr".indexOf(text.charAt(at + 1)) >= 0;
                if (line) {
                    close(at + 1);
                    return at + 2;
                }
            }
            case '"', '\'' -> {
                boolean json = (at + 1 < text.length() && ":,}]".indexOf(text.charAt(at + 1)) >= 0)
                        || (at > 1 && text.charAt(at - 1) == ' ' && ":,".indexOf(text.charAt(at - 2)) >= 0);
                if (json) {
                    close(at + 1);
                } else {
                    add('"', WordClasses.NONE, 4);
                }
            }
            case '$', '€', '£' -> add(5, WordClasses.MONEY, 0);
            case '<', '[', '#', '*', '=', '-', '~', '`' -> {
                int end = at + 1;
                while (end < text.length() && text.charAt(end) == letter) {
                    end++;
                }
                boolean markup = end - at > 1 || letter == '<' || letter == '[';
                if (markup) {
                    add(letter, WordClasses.MARKUP, 4);
                }
                return end;
            }
            case ':', ',', '(' -> add(letter, WordClasses.NONE, 4);
            default -> {}
        }
        return at + 1;
    }

    private static boolean isLetter(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter > 127 && Character.isLetter(letter));
    }

    private static boolean isCjk(char letter) {
        return (letter >= 0x2E80 && letter <= 0x9FFF) || (letter >= 0xAC00 && letter <= 0xD7A3);
    }

    private static char lower(char letter) {
        return letter < 128
                ? letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter
                : Character.toLowerCase(letter);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.frontend;

import java.util.ArrayList;
import java.util.List;

/// Looks at Cedar text before the official parser does: finds where each policy ends, and refuses what is too large or
/// nested too deep. Knows strings and comments, and no more of the grammar than that.
final class PolicyScan {
    /// Text of a whole bundle's policies.
    private static final int TEXT_CHARS_MAX = 8 << 20;
    /// Text of one policy.
    private static final int POLICY_CHARS_MAX = 64 << 10;
    /// Brackets within brackets. The native parser takes about 16 KB of stack for each.
    private static final int NESTING_MAX = 32;
    /// Operators between two brackets, commas or ends: each is a level of the tree that the parser builds.
    private static final int OPERATORS_MAX = 200;
    /// `if`s of one policy, each of which may stand in the branch of the one before.
    private static final int IFS_MAX = 200;

    /// A piece of the text, up to and with its `;`.
    record Piece(int start, String text) {}

    private final String text;
    private final boolean pieces;
    private final List<Piece> found = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final int[] operators = new int[NESTING_MAX + 1];
    private int start;
    private int nesting;
    private int ifs;
    private boolean blank = true;

    private PolicyScan(String text, boolean pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    /// Scans policies.
    static PolicyScan policies(String text) {
        return new PolicyScan(text, true).run();
    }

    /// Scans a schema, which is one piece.
    static PolicyScan schema(String text) {
        return new PolicyScan(text, false).run();
    }

    /// One piece for each policy, in order.
    List<Piece> pieces() {
        return found;
    }

    /// Why the text must not be parsed; empty when it may be.
    List<Problem> problems() {
        return problems;
    }

    private PolicyScan run() {
        if (text.length() > TEXT_CHARS_MAX) {
            problems.add(new Problem("", 1, 1, "the text must have at most " + TEXT_CHARS_MAX + " characters"));
            return this;
        }
        int at = 0;
        while (at < text.length() && problems.isEmpty()) {
            at = step(at);
        }
        if (!blank) {
            end(text.length());
        }
        return this;
    }

    /// Reads one token and returns where the next begins.
    private int step(int at) {
        char here = text.charAt(at);
        if (here == '\u0000' || !paired(at)) {
            return refuse(at, "the text must not contain a null character or half of a surrogate pair");
        }
        if (Character.isWhitespace(here)) {
            return at + 1;
        }
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        blank = false;
        if (here == '"') {
            return string(at);
        }
        if (Character.isLetter(here) || here == '_') {
            return word(at);
        }
        return symbol(at, here);
    }

    private boolean paired(int at) {
        char here = text.charAt(at);
        if (Character.isHighSurrogate(here)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        return !Character.isLowSurrogate(here) || (at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private int string(int from) {
        for (int at = from + 1; at < text.length(); at++) {
            char here = text.charAt(at);
            if (here == '\u0000' || !paired(at)) {
                return refuse(at, "the text must not contain a null character or half of a surrogate pair");
            }
            if (here == '\\') {
                at++;
            } else if (here == '"') {
                return at + 1;
            }
        }
        return refuse(from, "the text in quotes does not end");
    }

    private int word(int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.equals("if") && ++ifs > IFS_MAX) {
            return refuse(from, "a policy must have at most " + IFS_MAX + " `if`s");
        }
        if (word.equals("has") || word.equals("like") || word.equals("in") || word.equals("is")) {
            return operator(from, at);
        }
        return at;
    }

    private int symbol(int at, char here) {
        switch (here) {
            case '(', '[', '{', '<' -> {
                if (here == '<' && pieces) {
                    return operator(at, at + 1);
                }
                // an index or a call goes on with the chain before it
                boolean full = ++nesting > NESTING_MAX || (here != '{' && ++operators[nesting - 1] > OPERATORS_MAX);
                if (full) {
                    return refuse(
                            at,
                            "brackets must not nest deeper than " + NESTING_MAX + ", nor more than " + OPERATORS_MAX
                                    + " follow each other");
                }
                operators[nesting] = 0;
            }
            case ')', ']', '}' -> nesting = Math.max(0, nesting - 1);
            case '>' -> {
                if (pieces) {
                    return operator(at, at + 1);
                }
                nesting = Math.max(0, nesting - 1);
            }
            case ',' -> operators[nesting] = 0;
            case ';' -> {
                operators[nesting] = 0;
                if (pieces && nesting == 0) {
                    end(at + 1);
                }
            }
            case '&', '|', '+', '-', '*', '.', '!', '=', '/', '%', ':' -> {
                return operator(at, at + 1);
            }
            default -> {}
        }
        return at + 1;
    }

    private int operator(int at, int next) {
        // two characters of `&&` and `==` count twice, and a declaration `a: b` once: the bound is not that exact
        if (++operators[nesting] > OPERATORS_MAX * 2) {
            return refuse(at, "an expression must have at most " + OPERATORS_MAX + " operators between brackets");
        }
        return next;
    }

    private void end(int at) {
        Piece piece = new Piece(start, text.substring(start, at));
        if (pieces && piece.text.length() > POLICY_CHARS_MAX) {
            refuse(start, "a policy must have at most " + POLICY_CHARS_MAX + " characters");
        }
        found.add(piece);
        start = at;
        ifs = 0;
        blank = true;
    }

    private int refuse(int at, String why) {
        problems.add(Places.problem("policy" + found.size(), text, at, why));
        return text.length();
    }
}

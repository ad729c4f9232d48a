// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.demo;

import java.io.PrintWriter;
import java.util.List;

/// Draws tables and headings in a terminal, with colour where the terminal has it. Text from the CRM is made harmless
/// first: a control sequence in a record must not reach the terminal.
public final class Paint {
    private static final int WIDTH_MAX = 48;

    private final PrintWriter out;
    private final boolean colour;

    /// @param colour whether to send ANSI colour sequences
    public Paint(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /// The colours of the demo.
    public enum Ink {
        GREEN("32"),
        YELLOW("33"),
        RED("31"),
        BLUE("36"),
        DIM("2"),
        BOLD("1"),
        PLAIN("0");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    /// One cell of a table.
    public record Cell(String text, Ink ink) {}

    /// A heading.
    public void heading(String text) {
        out.println();
        out.println(ink("━━ " + text + " " + "━".repeat(Math.max(0, 84 - text.length())), Ink.BOLD));
    }

    /// One line.
    public void line(String text, Ink ink) {
        out.println(ink(text, ink));
    }

    /// A table with a header; columns as wide as their widest cell, at most 48 characters.
    public void table(List<String> header, List<List<Cell>> rows) {
        int columns = header.size();
        int[] widths = new int[columns];
        for (int at = 0; at < columns; at++) {
            widths[at] = header.get(at).length();
            for (List<Cell> row : rows) {
                widths[at] = Math.max(
                        widths[at], Math.min(WIDTH_MAX, safe(row.get(at).text()).length()));
            }
        }
        StringBuilder top = new StringBuilder("   ");
        for (int at = 0; at < columns; at++) {
            top.append(pad(header.get(at), widths[at])).append("  ");
        }
        out.println(ink(top.toString(), Ink.DIM));
        for (List<Cell> row : rows) {
            StringBuilder line = new StringBuilder("   ");
            for (int at = 0; at < columns; at++) {
                line.append(ink(
                                pad(clip(safe(row.get(at).text())), widths[at]),
                                row.get(at).ink()))
                        .append("  ");
            }
            out.println(line);
        }
        out.flush();
    }

    private static String clip(String text) {
        return text.length() <= WIDTH_MAX ? text : text.substring(0, WIDTH_MAX - 1) + "…";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// Replaces everything that is not a printable character.
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean hidden = Character.isISOControl(point)
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.PRIVATE_USE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (hidden) {
                safe.append(point == '\n' ? "⏎" : "·");
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    private String ink(String text, Ink ink) {
        return colour && ink != Ink.PLAIN ? "\u001b[" + ink.code + "m" + text + "\u001b[0m" : text;
    }
}

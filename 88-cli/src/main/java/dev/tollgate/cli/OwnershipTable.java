// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.governance.ownership.OwnershipRow;
import dev.tollgate.governance.ownership.OwnershipRow.Writer;
import dev.tollgate.terms.SystemId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The ownership matrix on paper, with exactly the columns of requirement S4-14.
///
/// @param format how it is written
record OwnershipTable(Format format) {
    private static final List<String> COLUMNS = List.of(
            "Object", "Field", "Owner", "Source of truth", "Allowed writers", "Review required", "Rollback method");

    /// How a table is written. Closed.
    enum Format {
        /// Columns side by side, for a terminal.
        TEXT,
        /// Comma-separated (RFC 4180), for a spreadsheet.
        CSV,
        /// A table of Markdown, for a page that people agree on.
        MARKDOWN;

        /// The word on the command line, for example `csv`.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Prints the rows, a table a system.
    void print(List<OwnershipRow> rows, PrintWriter out) {
        Map<SystemId, List<List<String>>> tables = new LinkedHashMap<>();
        rows.forEach(row ->
                tables.computeIfAbsent(row.system(), _ -> new ArrayList<>()).add(cells(row)));
        tables.forEach((system, cells) -> {
            switch (format) {
                case CSV -> csv(cells, out);
                case MARKDOWN -> markdown(system, cells, out);
                case TEXT -> text(system, cells, out);
            }
        });
    }

    private static List<String> cells(OwnershipRow row) {
        String writers = Arrays.stream(Writer.values())
                .filter(row.writers()::contains)
                .map(OwnershipTable::title)
                .collect(Collectors.joining(" / "));
        return List.of(
                row.field().object(),
                row.field().field(),
                row.owner(),
                row.sourceOfTruth(),
                writers,
                row.reviewRequired() ? "yes" : "no",
                row.rollback().word());
    }

    private static String title(Writer writer) {
        return writer.name().charAt(0) + writer.word().substring(1);
    }

    private static void csv(List<List<String>> cells, PrintWriter out) {
        out.print(line(COLUMNS));
        cells.forEach(row -> out.print(line(row)));
    }

    private static String line(List<String> row) {
        return row.stream().map(OwnershipTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    /// RFC 4180; and what a spreadsheet would compute is kept text by an apostrophe.
    private static String quoted(String cell) {
        String said = cell.isEmpty() || "=+-@".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
        boolean plain = said.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? said : "\"" + said.replace("\"", "\"\"") + "\"";
    }

    private static void markdown(SystemId system, List<List<String>> cells, PrintWriter out) {
        out.println("## " + system);
        out.println();
        out.println(COLUMNS.stream().collect(Collectors.joining(" | ", "| ", " |")));
        out.println(COLUMNS.stream().map(_ -> "---").collect(Collectors.joining("|", "|", "|")));
        cells.forEach(row -> out.println(
                row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"))));
        out.println();
    }

    private static void text(SystemId system, List<List<String>> cells, PrintWriter out) {
        List<List<String>> all = new ArrayList<>(List.of(COLUMNS));
        all.addAll(cells);
        int[] widths = new int[COLUMNS.size()];
        all.forEach(row -> {
            for (int at = 0; at < widths.length; at++) {
                widths[at] = Math.max(widths[at], row.get(at).length());
            }
        });
        out.println(system);
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int at = 0; at < widths.length; at++) {
                line.append(row.get(at)).repeat(" ", widths[at] - row.get(at).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
        out.println();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the data that the models are trained and measured on: JSON lines, gzipped.
public final class Rows {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Rows() {}

    /// One text of the data.
    ///
    /// @param label `injection`, `benign`, or empty where rows have none
    /// @param spans what it holds, where rows say so
    public record Row(
            String id,
            String text,
            String label,
            String source,
            String category,
            String language,
            List<Finding> spans) {
        /// Whether its text carries instructions.
        public boolean isInjection() {
            return label.equals("injection");
        }
    }

    /// Reads a file.
    public static List<Row> read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode node = JSON.readTree(line);
                List<Finding> spans = new ArrayList<>();
                for (JsonNode span : node.path("spans")) {
                    spans.add(new Finding(
                            Kind.valueOf(span.path("type").asString()),
                            span.path("start").asInt(),
                            span.path("end").asInt(),
                            "gold"));
                }
                rows.add(new Row(
                        node.path("id").asString(),
                        node.path("text").asString(),
                        node.path("label").asString(""),
                        node.path("source").asString(),
                        node.path("category").asString(),
                        node.path("language").asString(""),
                        spans));
            }
        }
        return rows;
    }
}

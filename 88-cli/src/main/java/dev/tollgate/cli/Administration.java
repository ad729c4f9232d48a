// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.audit.AuditQuestions;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people and the gateway itself decided, read from this node's log from its beginning: these are few
/// among the calls, and no index knows them.
final class Administration {
    private static final JsonMapper JSON = new JsonMapper();

    private Administration() {}

    /// Entries between two moments, the oldest first, one a line as they stand in the log.
    ///
    /// @param from inclusive
    /// @param to   exclusive
    static void told(Workbench bench, Instant from, Instant to, PrintWriter out) {
        AuditQuestions log = bench.questions();
        Optional<String> entry = log.text(0);
        for (long index = 0; entry.isPresent(); entry = log.text(++index)) {
            if (entry.get().contains("\"kind\":\"administered\"")) {
                JsonNode read = JSON.readTree(entry.get());
                Instant at = Instant.parse(read.path("at").asString("1970-01-01T00:00:00Z"));
                if (!at.isBefore(from) && at.isBefore(to)) {
                    out.println(entry.get());
                }
            }
        }
    }
}

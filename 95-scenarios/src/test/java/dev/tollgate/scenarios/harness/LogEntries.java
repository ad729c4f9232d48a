// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.merkle.verify.EntryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The entries of an audit log, as whoever reads its files beside the running gateway sees them.
///
/// @param folder the log's folder
public record LogEntries(Path folder) {
    private static final JsonMapper JSON = new JsonMapper();

    /// The log of a gateway.
    public static LogEntries of(GatewayUnderTest gateway) {
        return new LogEntries(gateway.data().resolve("log"));
    }

    /// The bytes of each entry, as text, oldest first.
    public List<String> texts() {
        EntryFiles files = new EntryFiles(folder);
        List<String> texts = new ArrayList<>();
        try {
            Optional<byte[]> entry = files.entry(0);
            while (entry.isPresent()) {
                texts.add(new String(entry.get(), java.nio.charset.StandardCharsets.UTF_8));
                entry = files.entry(texts.size());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return texts;
    }

    /// Each entry, oldest first.
    public List<JsonNode> all() {
        return texts().stream().map(JSON::readTree).toList();
    }

    /// Entries of a kind, oldest first.
    public List<JsonNode> of(String kind) {
        return all().stream()
                .filter(entry -> entry.path("kind").asString("").equals(kind))
                .toList();
    }
}

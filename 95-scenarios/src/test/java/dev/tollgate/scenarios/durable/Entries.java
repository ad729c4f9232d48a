// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.durable;

import dev.tollgate.merkle.verify.EntryFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The audit log of a deployment as its folder holds it, by the request ids that answers carry.
final class Entries {
    private static final JsonMapper JSON = new JsonMapper();

    private final EntryFiles files;
    private final Map<String, Integer> decisions = new HashMap<>();
    private final Map<String, Integer> releases = new HashMap<>();
    private final Map<String, Integer> all = new HashMap<>();
    private long size;

    /// The log of the deployment in `data`.
    Entries(Path data) throws IOException {
        files = new EntryFiles(data.resolve("log"));
        for (Optional<byte[]> entry = files.entry(size); entry.isPresent(); entry = files.entry(size)) {
            count(JSON.readTree(new String(entry.get(), StandardCharsets.UTF_8)));
            size++;
        }
    }

    private void count(JsonNode entry) {
        String request = entry.path("request").asString("");
        String kind = entry.path("kind").asString("");
        all.merge(request, 1, Integer::sum);
        if (kind.equals("decision")) {
            decisions.merge(request, 1, Integer::sum);
        }
        if (kind.equals("outcome") && entry.path("result").asString("").equals("released")) {
            releases.merge(request, 1, Integer::sum);
        }
    }

    /// How many entries there are.
    long size() {
        return size;
    }

    /// Whether anything is told of a request.
    boolean tells(String request) {
        return all.containsKey(request);
    }

    /// Whether a request has exactly one decision, and one outcome that says that its answer was released.
    boolean released(String request) {
        return decisions.getOrDefault(request, 0) == 1 && releases.getOrDefault(request, 0) == 1;
    }
}

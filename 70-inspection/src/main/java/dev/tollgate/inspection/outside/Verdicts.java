// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `{"verdict":"allow"}` and `{"verdict":"deny"}`, and nothing else: a reviewer that explains itself may be
/// repeating what the message told it to say.
final class Verdicts {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Verdicts() {}

    static Opinion read(String text) {
        Optional<JsonNode> read = json(text.strip());
        if (read.isEmpty() || !read.get().isObject() || read.get().size() != 1) {
            return new Opinion.Silent("no verdict");
        }
        JsonNode word = read.get().path("verdict");
        return switch (word.isString() ? word.asString() : "") {
            case "allow" -> new Opinion.Allows();
            case "deny" -> new Opinion.Denies();
            default -> new Opinion.Silent("no verdict");
        };
    }

    static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(STRICT.readTree(text));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}

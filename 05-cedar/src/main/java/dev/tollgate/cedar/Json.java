// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON the way Cedar does: no duplicate keys, nothing after the end.
final class Json {
    /// An `&&` chain of 200 operands is 400 levels of policy JSON; brackets multiply that. Building the tree does not
    /// recurse, so this bounds memory and not stack.
    private static final int NESTING_MAX = 10_000;
    /// Characters of one literal.
    private static final int STRING_CHARS_MAX = 1 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(STRING_CHARS_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /// Reads `text`.
    ///
    /// @throws IllegalData when it is no JSON; says where, and never what stands there
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            var place = malformed.getLocation();
            // the cause is left out: its message quotes the input
            throw new IllegalData("not JSON at line " + (place == null ? 0 : place.getLineNr()) + ", column "
                    + (place == null ? 0 : place.getColumnNr()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import dev.tollgate.terms.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of a proof of possession, which a stranger wrote: bounded, each member once, one spelling of base64url.
final class ProofPart {
    /// A key within a header, an object within a claim.
    private static final int NESTING_MAX = 6;

    private static final int NAME_CHARS_MAX = 64;
    private static final int NUMBER_CHARS_MAX = 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxNumberLength(NUMBER_CHARS_MAX)
                            .maxNameLength(NAME_CHARS_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Interned names of strangers would grow a table that is never emptied.
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProofPart() {}

    /// The JSON object in a part of a proof.
    static Optional<JsonNode> object(String part) {
        return Base64Url.decode(part).flatMap(ProofPart::read);
    }

    private static Optional<JsonNode> read(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (CharacterCodingException | JacksonException _) {
            return Optional.empty();
        }
    }

    /// A text of 1 to `charsMax` characters.
    static Optional<String> text(JsonNode object, String name, int charsMax) {
        JsonNode node = object.path(name);
        return node.isString()
                ? Optional.of(node.stringValue()).filter(text -> !text.isEmpty() && text.length() <= charsMax)
                : Optional.empty();
    }
}

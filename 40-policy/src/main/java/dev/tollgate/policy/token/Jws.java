// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.terms.Base64Url;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Compact JWS (RFC 7515) with Ed25519 (RFC 8037) and nothing else: the algorithm, the type and the member names of the
/// header are fixed, so that there is nothing to negotiate and nothing to confuse.
final class Jws {
    /// A token of 100 fields has about 4,000 characters; more than this was not made here.
    static final int CHARS_MAX = 16_384;

    private static final int DEPTH_MAX = 20;
    private static final int SIGNATURE_BYTES = 64;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxDocumentLength(CHARS_MAX)
                            .build())
                    .build())
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String type;

    /// @param type the only `typ` that is written and accepted
    Jws(String type) {
        this.type = type;
    }

    String sign(SigningKey key, Value.Fields payload) {
        Value.Fields header =
                new Value.Fields(Map.of("alg", Value.of("EdDSA"), "kid", Value.of(key.keyId()), "typ", Value.of(type)));
        String input =
                Base64Url.encode(CanonicalJson.bytes(header)) + "." + Base64Url.encode(CanonicalJson.bytes(payload));
        byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64Url.encode(signature);
    }

    /// The payload of a token that one of `keys` signed, or nothing.
    Optional<JsonNode> open(String token, Map<String, VerifyingKey> keys) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        boolean shaped =
                token.length() <= CHARS_MAX && first > 0 && second > first && token.indexOf('.', second + 1) < 0;
        if (!shaped) {
            return Optional.empty();
        }
        byte[] input = token.substring(0, second).getBytes(StandardCharsets.UTF_8);
        return object(token.substring(0, first))
                .flatMap(header -> key(header, keys))
                .filter(key -> Base64Url.decode(token.substring(second + 1))
                        .filter(signature -> signature.length == SIGNATURE_BYTES && key.verify(input, signature))
                        .isPresent())
                .flatMap(_ -> object(token.substring(first + 1, second)));
    }

    /// The key that the header names. A header with any further member is refused: `crit`, `jwk` and their like change
    /// what a signature means.
    private Optional<VerifyingKey> key(JsonNode header, Map<String, VerifyingKey> keys) {
        boolean ours = header.size() == 3
                && is(header, "alg", "EdDSA")
                && is(header, "typ", type)
                && header.path("kid").isString();
        return ours ? Optional.ofNullable(keys.get(header.path("kid").stringValue())) : Optional.empty();
    }

    private static boolean is(JsonNode node, String member, String text) {
        JsonNode value = node.path(member);
        return value.isString() && text.equals(value.stringValue());
    }

    private static Optional<JsonNode> object(String encoded) {
        return Base64Url.decode(encoded).flatMap(bytes -> {
            try {
                JsonNode node = JSON.readTree(bytes);
                return node.isObject() ? Optional.of(node) : Optional.empty();
            } catch (JacksonException _) {
                return Optional.empty();
            }
        });
    }
}

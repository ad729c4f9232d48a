// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.Parsed;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hands something to a client so that it comes back as it was or not at all: HMAC-SHA256 over canonical JSON,
/// one purpose a seal, so that a session id is never taken for a request state. What is sealed can be read by
/// the client.
final class Seal {
    /// Longest sealed text that is looked at.
    private static final int CHARS_MAX = 8_192;

    static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final byte[] purpose;
    private final JsonReader reader = new JsonReader(JsonLimits.DEFAULT);

    Seal(SealingKey key, String purpose) {
        this.key = key.key();
        this.purpose = (purpose + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    String close(Value.Fields content) {
        byte[] bytes = CanonicalJson.bytes(content);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(bytes) + "." + encoder.encodeToString(mac(bytes));
    }

    Optional<Value.Fields> open(String sealed) {
        int dot = sealed.indexOf('.');
        if (dot < 0 || sealed.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(0, dot));
            byte[] mac = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
            if (!MessageDigest.isEqual(mac, mac(bytes))) {
                return Optional.empty();
            }
            return reader.read(bytes) instanceof Parsed.Whole whole && whole.value() instanceof Value.Fields content
                    ? Optional.of(content)
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(purpose);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", missing);
        }
    }
}

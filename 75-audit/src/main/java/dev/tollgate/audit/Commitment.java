// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Binds an entry to a value that is not in it: HMAC-SHA-256 of the name and the canonical value under
/// a random salt of 32 bytes. Without the salt nobody can tell whether a guess of the value is right;
/// with it anybody can.
final class Commitment {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SALT_BYTES = 32;

    private Commitment() {}

    /// @param salts must be unpredictable
    static byte[] salt(RandomGenerator salts) {
        byte[] salt = new byte[SALT_BYTES];
        salts.nextBytes(salt);
        return salt;
    }

    /// 43 characters of base64url.
    static String of(byte[] salt, String name, Value value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt, ALGORITHM));
            mac.update((name + "\0").getBytes(StandardCharsets.UTF_8));
            byte[] sum = mac.doFinal(CanonicalJson.bytes(value));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", missing);
        }
    }
}

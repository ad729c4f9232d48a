// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import dev.tollgate.terms.Base64Url;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Nonces for proofs (RFC 9449 §8): a time under a key that all nodes have, so that nobody remembers
/// them and nobody makes proofs for later. Safe for many threads.
public final class Nonces {
    /// How long a nonce is good: a client asks again once in that time.
    static final Duration GOOD = Duration.ofMinutes(5);

    private static final Duration AHEAD_MAX = Duration.ofSeconds(5);
    private static final int TAG_BYTES = 16;
    private static final int BYTES = Long.BYTES + TAG_BYTES;

    private final SecretKey key;
    private final InstantSource clock;

    /// @param key   of no other purpose, the same on every node
    public Nonces(SecretKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /// A nonce of this second.
    public String fresh() {
        byte[] time = ByteBuffer.allocate(Long.BYTES)
                .putLong(clock.instant().getEpochSecond())
                .array();
        return Base64Url.encode(
                ByteBuffer.allocate(BYTES).put(time).put(tag(time)).array());
    }

    /// Whether a nonce is ours and still good.
    boolean good(String nonce) {
        byte[] bytes =
                Base64Url.decode(nonce).filter(all -> all.length == BYTES).orElse(new byte[BYTES]);
        byte[] time = Arrays.copyOf(bytes, Long.BYTES);
        if (!MessageDigest.isEqual(tag(time), Arrays.copyOfRange(bytes, Long.BYTES, BYTES))) {
            return false;
        }
        Instant made = Instant.ofEpochSecond(ByteBuffer.wrap(time).getLong());
        Instant now = clock.instant();
        return now.isBefore(made.plus(GOOD)) && !now.plus(AHEAD_MAX).isBefore(made);
    }

    private byte[] tag(byte[] time) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(time), TAG_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this machine has no HMAC-SHA-256", missing);
        }
    }
}

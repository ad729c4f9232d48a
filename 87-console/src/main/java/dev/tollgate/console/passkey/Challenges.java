// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.passkey;

import dev.tollgate.store.SingleUse;
import dev.tollgate.store.StoreFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Challenges for signing in, enrolling and errands to an OpenID provider, sealed instead of stored, so
/// that strangers who open the sign-in page leave nothing behind; and the tokens of forms, sealed with
/// the same key. A challenge works once, on any node.
public final class Challenges {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int RANDOM_BYTES = 16;
    private static final int MAC_BYTES = 32;
    private static final int BYTES = Long.BYTES + RANDOM_BYTES + MAC_BYTES;
    private static final String MAC = "HmacSHA256";

    private final SecretKey key;
    private final SingleUse once;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param key the same on every node, for nothing else
    public Challenges(SecretKey key, SingleUse once, InstantSource clock, RandomGenerator random) {
        this.key = key;
        this.once = once;
        this.clock = clock;
        this.random = random;
    }

    /// A new challenge.
    ///
    /// @param purpose what it may be used for
    public byte[] issue(String purpose) {
        byte[] nonce = new byte[RANDOM_BYTES];
        random.nextBytes(nonce);
        ByteBuffer challenge = ByteBuffer.allocate(BYTES);
        challenge.putLong(clock.instant().plus(LIFE).toEpochMilli()).put(nonce);
        byte[] head = Arrays.copyOf(challenge.array(), Long.BYTES + RANDOM_BYTES);
        return challenge.put(seal(purpose, head)).array();
    }

    /// Whether a challenge is one of ours, for this purpose, in time and used for the first time.
    public boolean use(String purpose, byte[] challenge) {
        if (challenge.length != BYTES) {
            return false;
        }
        byte[] head = Arrays.copyOf(challenge, Long.BYTES + RANDOM_BYTES);
        byte[] mac = Arrays.copyOfRange(challenge, head.length, BYTES);
        Instant expires = Instant.ofEpochMilli(ByteBuffer.wrap(head).getLong());
        if (!MessageDigest.isEqual(mac, seal(purpose, head)) || !clock.instant().isBefore(expires)) {
            return false;
        }
        try {
            return once.consume("console-challenge/" + HexFormat.of().formatHex(head), expires)
                    .join();
        } catch (CompletionException | StoreFailure unknown) {
            return false;
        }
    }

    /// A value that follows from a challenge and that nobody else can make.
    ///
    /// @param purpose what it is for; each has its own
    public byte[] derived(String purpose, byte[] challenge) {
        return seal(purpose, challenge);
    }

    /// The token that the forms of a session carry.
    public String token(String session) {
        return HexFormat.of().formatHex(seal("form", session.getBytes(StandardCharsets.UTF_8)));
    }

    /// Whether a form's token is its session's.
    public boolean fits(String token, String session) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), token(session).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] seal(String purpose, byte[] text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", missing);
        }
    }
}

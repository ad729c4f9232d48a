// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import dev.tollgate.merkle.verify.Trust;
import dev.tollgate.terms.SigningKey;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;

/// Keys and options that tests share.
final class TestKeys {
    static final String ORIGIN = "tollgate.test/log";

    private TestKeys() {}

    static SigningKey fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            return new SigningKey("log-test", generator.generateKeyPair(), generator.getProvider());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// Small segments, a signature per batch, published when asked.
    static LogOptions options() {
        return new LogOptions(1 << 20, Duration.ZERO, Duration.ofMinutes(1), List.of());
    }

    static Trust trust(SigningKey key) {
        return new Trust(ORIGIN, List.of(key.verifyingKey()));
    }
}

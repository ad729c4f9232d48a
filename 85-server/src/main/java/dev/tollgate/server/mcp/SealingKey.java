// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import static dev.tollgate.terms.Require.require;

import javax.crypto.spec.SecretKeySpec;

/// The key that session ids and request states are sealed with, the same on every node. Prints as `***`.
public final class SealingKey {
    /// Shortest key (RFC 2104 §3: not less than the output's length).
    private static final int BYTES_MIN = 32;

    private final SecretKeySpec key;

    private SealingKey(SecretKeySpec key) {
        this.key = key;
    }

    /// A key of 32 bytes or more.
    public static SealingKey of(byte[] bytes) {
        require(bytes.length >= BYTES_MIN, "a sealing key has at least " + BYTES_MIN + " bytes");
        return new SealingKey(new SecretKeySpec(bytes, Seal.ALGORITHM));
    }

    SecretKeySpec key() {
        return key;
    }

    @Override
    public String toString() {
        return "***";
    }
}

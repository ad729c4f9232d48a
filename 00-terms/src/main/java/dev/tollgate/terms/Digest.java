// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 digest in text: `sha256:` and 64 lower-case hexadecimal digits.
///
/// @param text the digest with its prefix
public record Digest(String text) {
    private static final String PREFIX = "sha256:";
    private static final int HEX_CHARS = 64;

    public Digest {
        Require.require(
                text.length() == PREFIX.length() + HEX_CHARS && text.startsWith(PREFIX),
                "a digest is `sha256:` and 64 hexadecimal digits");
        for (int at = PREFIX.length(); at < text.length(); at++) {
            Require.require(
                    "0123456789abcdef".indexOf(text.charAt(at)) >= 0, "a digest is lower-case hexadecimal digits");
        }
    }

    /// The digest of some bytes.
    public static Digest of(byte[] bytes) {
        return new Digest(PREFIX + HexFormat.of().formatHex(sha256(bytes)));
    }

    /// The digest of a value's canonical bytes.
    public static Digest of(Value value) {
        return of(CanonicalJson.bytes(value));
    }

    /// The 32 bytes themselves.
    public byte[] bytes() {
        return HexFormat.of().parseHex(text.substring(PREFIX.length()));
    }

    /// The bare SHA-256 of some bytes.
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Base64;
import java.util.Optional;

/// Base64url without padding (RFC 4648 §5), in one spelling only: two spellings of one token would be two tokens to
/// whoever counts, remembers or revokes them.
public final class Base64Url {
    private static final Base64.Encoder ENCODE = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODE = Base64.getUrlDecoder();

    private Base64Url() {}

    /// The text of some bytes.
    public static String encode(byte[] bytes) {
        return ENCODE.encodeToString(bytes);
    }

    /// The bytes of a text that `encode` could have written, or nothing: no padding, and what is left over in the last
    /// character is zero.
    public static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = DECODE.decode(text);
            return ENCODE.encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

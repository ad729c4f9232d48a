// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

/// What reading a request's body gave.
public sealed interface Body {
    /// All of it. A class, as a record of an array would compare by identity.
    final class Whole implements Body {
        private final byte[] bytes;

        Whole(byte[] bytes) {
            this.bytes = bytes;
        }

        /// The bytes, not copied: nobody else holds them.
        public byte[] bytes() {
            return bytes;
        }
    }

    /// More than the limit; the rest was not read.
    record TooLarge() implements Body {}

    /// It did not arrive in time.
    record TooSlow() implements Body {}

    /// The client went away or broke the protocol.
    record Broken() implements Body {}
}

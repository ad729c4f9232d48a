// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.wire;

import dev.tollgate.terms.Value;

/// What reading a body gave: a whole value, or why there is none.
public sealed interface Parsed {
    /// The body is one well-formed JSON text within the limits.
    record Whole(Value value) implements Parsed {}

    /// The body is none.
    record Broken(Fault fault) implements Parsed {}

    /// Why a body was refused. A closed word: nothing of the body itself is repeated.
    enum Fault {
        /// Not JSON (RFC 8259), not UTF-8, or something after the value.
        SYNTAX("the body is not one JSON text"),
        /// An object has the same member twice (requirement B-4): readers disagree on which one counts.
        DUPLICATE_MEMBER("an object has the same member twice"),
        /// A member name is not printable ASCII (requirement B-4): it may look like another name.
        UNSAFE_MEMBER("a member name is not printable ASCII"),
        /// A string holds half of a surrogate pair, which no UTF-8 text can carry on unchanged.
        LONE_SURROGATE("a string holds a lone surrogate"),
        /// Deeper, longer or with more parts than the limits allow.
        TOO_MUCH("the JSON text is nested too deeply, too long or has too many parts"),
        /// A number with more digits or a larger exponent than the limits allow.
        NUMBER("a number has too many digits or too large an exponent");

        private final String sentence;

        Fault(String sentence) {
            this.sentence = sentence;
        }

        /// One sentence for the caller.
        public String sentence() {
            return sentence;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Checks what a constructor demands of its arguments.
public final class Require {
    private Require() {}

    /// Refuses an argument that a type cannot hold.
    ///
    /// @param message names the rule and the limit; it must not contain customer data
    /// @throws IllegalArgumentException when `holds` is false
    public static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /// Refuses an id that is empty, longer than 256 characters, or has control characters.
    ///
    /// @return `value`, unchanged
    public static String id(String kind, String value) {
        require(!value.isBlank() && value.length() <= ID_CHARS_MAX, kind + " must have 1 to 256 characters");
        require(value.chars().noneMatch(Character::isISOControl), kind + " must not contain control characters");
        return value;
    }

    /// Long enough for a SPIFFE id of a deep path, short enough that an id cannot carry a document.
    private static final int ID_CHARS_MAX = 256;
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.frontend;

/// Something wrong with a policy or a schema.
///
/// @param policy  the id of the policy, `policy0` for the first of the text, or empty when none is meant
/// @param line    1 for the first line, or 0 when the official parser does not tell the place
/// @param column  in characters, 1 for the first
/// @param message what is wrong, one line
public record Problem(String policy, int line, int column, String message) {
    @Override
    public String toString() {
        return line + ":" + column + ": " + message + (policy.isEmpty() ? "" : " (" + policy + ")");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

/// What somebody outside says. Closed.
public sealed interface Opinion {
    /// It may go.
    record Allows() implements Opinion {}

    /// It must not go.
    record Denies() implements Opinion {}

    /// Nothing that can be used was said: treated as a no.
    ///
    /// @param why in our words, for the log of operators; never what was answered
    record Silent(String why) implements Opinion {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

/// A command cannot do what it was asked to, and says why in one line without data.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message what is wrong and what to do about it
    public CommandFailure(String message) {
        super(message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

/// Says in one line why a command failed.
final class Failures {
    private Failures() {}

    /// The message of an expected failure, or the kind of an unexpected one: an unexpected message may hold data.
    static String explain(Exception failure) {
        return failure instanceof CommandFailure expected && expected.getMessage() != null
                ? expected.getMessage()
                : "unexpected " + failure.getClass().getSimpleName() + ", see the log";
    }
}

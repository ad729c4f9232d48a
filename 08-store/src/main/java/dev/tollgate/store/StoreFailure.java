// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

/// The store did not do what was asked. The message names the statement and the database's code, never a value; the
/// database's own exception is left out because its message quotes values.
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    StoreFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// What went wrong, and so what a caller may conclude.
    public Kind kind() {
        return kind;
    }

    /// Closed. Except for `UNKNOWN_OUTCOME` the change did not happen.
    public enum Kind {
        /// The database cannot be reached, or was lost before the commit was asked for.
        UNREACHABLE,
        /// A constraint or another transaction forbids it. Trying again may help.
        CONFLICT,
        /// No room on the disk. Works again once there is room.
        FULL,
        /// No connection, lock, answer or place in the queue in time.
        TIMEOUT,
        /// A wrong statement, a damaged file, a failed sync: a person must look.
        BROKEN,
        /// The commit was asked for and nobody knows how it ended. Treat it as done where that is the safe
        /// side, as not done where that is; never repeat it blindly.
        UNKNOWN_OUTCOME
    }
}

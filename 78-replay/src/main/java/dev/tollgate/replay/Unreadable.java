// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

/// What the log or the vault holds is not what this version writes. Its message names no values.
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
        super(what, null, false, false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

/// The log on disk is not what a log that was only ever appended to can be: it is not opened, and
/// nothing of it is changed. An operator decides, with `tollgate audit verify` at hand.
public final class LogDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param what which promise does not hold; no entry's content
    public LogDamaged(String what) {
        super(what);
    }
}

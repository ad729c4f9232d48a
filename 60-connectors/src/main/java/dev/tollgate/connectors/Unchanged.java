// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

/// A change that did not happen, thrown so that the transaction around it is rolled back: nothing stays
/// half-written.
public final class Unchanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Found found;

    /// Nothing was changed, and this is what there is to say.
    public Unchanged(Found found) {
        super("nothing was changed", null, false, false);
        this.found = found;
    }

    /// What there is to say: no such record, or one in another state.
    public Found found() {
        return found;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import java.util.Locale;

/// How far what an agent was shown can be trusted to be data and not orders.
public enum Integrity {
    /// Nothing that strangers wrote.
    TRUSTED,
    /// Text that somebody outside the house wrote, or that gives orders to a model whoever wrote it.
    THIRD_PARTY;

    /// The word used in policies and records, for example `third-party`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

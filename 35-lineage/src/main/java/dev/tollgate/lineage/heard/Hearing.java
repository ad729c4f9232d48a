// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage.heard;

import java.util.Locale;

/// From whom a task was told something.
public enum Hearing {
    /// A system that the contract trusts.
    TRUSTED,
    /// A text that strangers may have written.
    THIRD_PARTY,
    /// A text that strangers may have written and that gives orders.
    ORDERED,
    /// A value that may not leave freely, whoever told it.
    SENSITIVE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Locale;

/// How a field's value is shown to an agent, from least to most. The order of the constants is the order of disclosure.
public enum View {
    /// Not shown at all; a placeholder or nothing stands in its place.
    WITHHELD,
    /// An opaque stand-in that only a permitted sink resolves.
    HANDLE,
    /// Partly shown, in the mask format of the field's contract.
    MASKED,
    /// Shown as the system holds it.
    CLEAR;

    /// The word used in policies, contracts and answers, for example `clear`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

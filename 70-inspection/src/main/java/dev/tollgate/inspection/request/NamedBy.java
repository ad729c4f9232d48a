// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

/// Who named a value, the most trusted first.
public enum NamedBy {
    /// The person for whom the agent acts, in their own words.
    USER("user"),
    /// A system that the contract trusts.
    TRUSTED("trusted"),
    /// Nobody that Tollgate heard: the agent itself.
    UNKNOWN("unknown"),
    /// A text that strangers may have written.
    THIRD_PARTY("third-party"),
    /// A text that strangers may have written and that gives orders.
    ORDERED("ordered");

    private final String word;

    NamedBy(String word) {
        this.word = word;
    }

    /// The word used in policies, for example `third-party`.
    public String word() {
        return word;
    }

    NamedBy worse(NamedBy other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Locale;

/// What a row rule may need to know of a record. Facts are fetched for the decision and never returned to an agent.
public enum Fact {
    /// The person who owns the record, in the system's own words.
    OWNER,
    /// The tenant that the record belongs to.
    TENANT,
    /// The region whose rules protect the record.
    REGION,
    /// The customer that the record is about, in the system's own words: binds a task's reads to its customer.
    CUSTOMER,
    /// When the record last changed.
    UPDATED;

    /// The word used in contracts and policies, for example `owner`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

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
    UPDATED,
    /// The product that the record is about or applies to.
    PRODUCT,
    /// The geography that the record is about or applies to.
    GEOGRAPHY,
    /// The set of policies that the record falls under or belongs to.
    POLICY_SET;

    /// What a case is about, and an article applies to: a task on a case reads only what fits in all three.
    public static final java.util.Set<Fact> OF_CASES =
            java.util.Collections.unmodifiableSet(java.util.EnumSet.of(PRODUCT, GEOGRAPHY, POLICY_SET));

    /// What a record says of a fact of cases when it applies to every one.
    public static final String ANY = "any";

    /// The word used in contracts and policies, for example `owner`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

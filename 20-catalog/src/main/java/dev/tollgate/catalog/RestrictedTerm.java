// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.List;
import java.util.Locale;

/// Phrases that a bundle restricts in messages that leave. Part of the bundle, so that Pricing and Legal change them
/// without a release.
///
/// @param group   what the phrases give away
/// @param phrases as they are written, without patterns; letters' case, accents and signs between words do not count
public record RestrictedTerm(Group group, List<String> phrases) {
    /// What a restricted phrase gives away.
    public enum Group {
        /// Prices, discounts and their names.
        PRICING,
        /// What the company keeps to itself: projects, partners, code names.
        CONFIDENTIAL,
        /// What nobody may promise.
        COMMITMENT,
        /// What only Legal says: fault, liability, threats of law.
        LEGAL;

        /// The word that bundles use, for example `pricing`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RestrictedTerm {
        phrases = List.copyOf(phrases);
    }
}

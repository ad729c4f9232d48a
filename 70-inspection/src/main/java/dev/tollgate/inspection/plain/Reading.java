// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.plain;

import java.util.List;
import java.util.Optional;

/// A text and what its disguises hide, worked out once for all who look.
///
/// @param folded without invisible and look-alike letters, where that changes anything
/// @param wrapped what stands in it in another form
public record Reading(String text, Optional<Folded> folded, List<Wrapped> wrapped) {
    public Reading {
        wrapped = List.copyOf(wrapped);
    }

    /// Reads `text`.
    public static Reading of(String text) {
        Optional<Folded> folded = Folded.mayChange(text)
                ? Optional.of(Folded.of(text)).filter(one -> !one.text().equals(text))
                : Optional.empty();
        return new Reading(text, folded, Wrapped.in(text));
    }
}

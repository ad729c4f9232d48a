// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Optional;
import java.util.regex.Pattern;

/// An opaque stand-in for one value, which an agent may name and only a permitted sink resolves.
///
/// @param text `tgh_` and 24 letters, digits, `-` or `_`
public record ValueHandle(String text) {
    // INVARIANT: stands before whatever makes a handle.
    private static final Pattern FORM = Pattern.compile("tgh_[A-Za-z0-9_-]{24}");

    /// What every handle begins with.
    public static final String PREFIX = "tgh_";

    public ValueHandle {
        Require.require(FORM.matcher(text).matches(), "a handle is `tgh_` and 24 letters");
    }

    /// The handle that a text is, or nothing when it is none.
    public static Optional<ValueHandle> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ValueHandle(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.regex.Pattern;

/// The kind of data that a field holds, for example `direct-identifier` or `billing`. Classes form a hierarchy in the
/// bundle: `iban` may lie in `financial`.
///
/// @param name lower-case words joined by `-`
public record DataClass(String name) {
    // INVARIANT: stands before the first constant, whose constructor uses it.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /// The class of a field that no contract knows: nothing is stricter.
    public static final DataClass UNCLASSIFIED = new DataClass("unclassified");

    public DataClass {
        Require.id("dataClass", name);
        Require.require(NAME.matcher(name).matches(), "a data class is lower-case words joined by `-`");
    }

    @Override
    public String toString() {
        return name;
    }
}

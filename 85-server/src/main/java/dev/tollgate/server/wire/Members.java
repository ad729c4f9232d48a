// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.wire;

import dev.tollgate.terms.Value;
import java.util.Optional;

/// Takes members of a JSON object by the kind that is wanted. A member of another kind counts as absent, which
/// callers refuse where the member is required.
public final class Members {
    private Members() {}

    /// The text of a member.
    public static Optional<String> text(Value.Fields from, String name) {
        return from.values().get(name) instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /// The object of a member.
    public static Optional<Value.Fields> fields(Value.Fields from, String name) {
        return from.values().get(name) instanceof Value.Fields fields ? Optional.of(fields) : Optional.empty();
    }

    /// The list of a member.
    public static Optional<Value.Items> items(Value.Fields from, String name) {
        return from.values().get(name) instanceof Value.Items items ? Optional.of(items) : Optional.empty();
    }

    /// Whether a member is there and true.
    public static boolean isTrue(Value.Fields from, String name) {
        return from.values().get(name) instanceof Value.Bool bool && bool.truth();
    }

    /// Whether a member is there, of whatever kind.
    public static boolean has(Value.Fields from, String name) {
        return from.values().containsKey(name);
    }
}

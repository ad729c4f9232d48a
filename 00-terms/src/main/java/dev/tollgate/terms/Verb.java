// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Locale;
import java.util.Optional;

/// What an operation does. The action vocabulary of requirement S0-10 and `send`, and the names of the
/// Cedar actions.
public enum Verb {
    READ,
    SEARCH,
    SUMMARIZE,
    EXPORT,
    /// Claims are compared with a record: nothing of it is told but whether they hold.
    VERIFY,
    WRITE,
    CREATE,
    RECONCILE,
    DELETE,
    /// Something leaves through a sink: a message, a post, an export to a partner.
    SEND;

    /// The word used in scopes, policies and contracts, for example `read`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The verb of that word, or nothing when there is none.
    public static Optional<Verb> of(String word) {
        for (Verb verb : values()) {
            if (verb.word().equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }

    /// Whether the verb changes records of the system, or the world outside.
    public boolean changes() {
        return switch (this) {
            case READ, SEARCH, SUMMARIZE, EXPORT, VERIFY -> false;
            case WRITE, CREATE, RECONCILE, DELETE, SEND -> true;
        };
    }
}

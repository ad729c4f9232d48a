// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a delegation lets an agent try, in the grammar `system:object:verb[:qualifier]`, for example
/// `crm:opportunity:read:owned`. `*` stands for any object or any verb. A scope never widens what policy permits.
///
/// @param system    family of systems that a contract names, for example `crm` or `email`
/// @param object    name of the object, or `*`
/// @param verb      word of a verb, or `*`
/// @param qualifier `owned` limits the scope to records of the delegating person; nothing means any record
public record Scope(String system, String object, String verb, Optional<String> qualifier) {
    /// The scope reaches only records that the delegating person owns.
    public static final String OWNED = "owned";

    private static final Pattern GRAMMAR =
            Pattern.compile("([a-z][a-z0-9_-]{0,63}):(\\*|[a-z][a-z0-9_]{0,63}):(\\*|[a-z]{1,20})(?::(owned))?");

    public Scope {
        String text = system + ":" + object + ":" + verb
                + qualifier.map(word -> ":" + word).orElse("");
        Require.require(
                GRAMMAR.matcher(text).matches(), "a scope is `system:object:verb` or `system:object:verb:owned`");
    }

    /// The scope of that text, or nothing when the text is none.
    public static Optional<Scope> parse(String text) {
        var match = GRAMMAR.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Scope(match.group(1), match.group(2), match.group(3), Optional.ofNullable(match.group(4))));
    }

    /// Whether holding this scope satisfies `wanted`, which has no wildcard. A held `owned` satisfies a
    /// wanted scope, but only for owned records: the caller must then add the row rule.
    public boolean satisfies(Scope wanted) {
        return system.equals(wanted.system)
                && (object.equals("*") || object.equals(wanted.object))
                && (verb.equals("*") || verb.equals(wanted.verb));
    }

    /// Whether the scope is limited to records of the delegating person.
    public boolean ownedOnly() {
        return qualifier.isPresent();
    }

    @Override
    public String toString() {
        return system + ":" + object + ":" + verb
                + qualifier.map(word -> ":" + word).orElse("");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.terms.Scope;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// What several sets of scopes have in common. A common scope reaches what both reach: a name within `*`, `owned`
/// within any record.
final class Scopes {
    /// More than the tools of any workflow need; a longer wish is no wish.
    static final int ASKED_MAX = 64;

    private static final String ANY = "*";

    private Scopes() {}

    /// The scopes of a request, or nothing when one of them is none.
    static Optional<Set<Scope>> asked(String text) {
        String[] words = text.split(" ", -1);
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String word : words) {
            Optional<Scope> scope = Scope.parse(word);
            if (scope.isEmpty() || words.length > ASKED_MAX) {
                return Optional.empty();
            }
            scopes.add(scope.get());
        }
        return Optional.of(scopes);
    }

    /// What both reach, without what another of them reaches too.
    static Set<Scope> common(Collection<Scope> one, Collection<Scope> other) {
        Set<Scope> all = new LinkedHashSet<>();
        for (Scope left : one) {
            for (Scope right : other) {
                meet(left, right).ifPresent(all::add);
            }
        }
        Set<Scope> least = new LinkedHashSet<>();
        for (Scope scope : all) {
            if (all.stream().noneMatch(wider -> !wider.equals(scope) && within(wider, scope))) {
                least.add(scope);
            }
        }
        return least;
    }

    private static boolean within(Scope wider, Scope narrow) {
        return wider.satisfies(narrow) && (!wider.ownedOnly() || narrow.ownedOnly());
    }

    private static Optional<Scope> meet(Scope one, Scope other) {
        boolean meets = one.system().equals(other.system())
                && meet(one.object(), other.object())
                && meet(one.verb(), other.verb());
        return meets
                ? Optional.of(new Scope(
                        one.system(),
                        narrower(one.object(), other.object()),
                        narrower(one.verb(), other.verb()),
                        one.qualifier().or(other::qualifier)))
                : Optional.empty();
    }

    private static boolean meet(String one, String other) {
        return one.equals(other) || one.equals(ANY) || other.equals(ANY);
    }

    private static String narrower(String one, String other) {
        return one.equals(ANY) ? other : one;
    }
}

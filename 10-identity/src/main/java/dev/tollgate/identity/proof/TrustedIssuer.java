// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import dev.tollgate.terms.Require;
import java.time.Duration;
import java.util.Set;

/// Somebody whose tokens are believed, and which of them.
///
/// @param issuer    the only `iss`
/// @param audiences names that a token may be addressed to, one of them and nobody else
/// @param types     the header's `typ` of such tokens, in lower case; an empty text stands for none
/// @param lifeMax   how long such a token may live
/// @param keys      by which they are signed
public record TrustedIssuer(
        String issuer, Set<String> audiences, Set<String> types, Duration lifeMax, IssuerKeys keys) {
    /// Plain tokens: `typ` is often left out.
    public static final Set<String> PLAIN = Set.of("", "jwt");

    public TrustedIssuer {
        Require.id("issuer", issuer);
        Require.require(!audiences.isEmpty(), "tokens of an issuer are addressed to somebody");
        Require.require(lifeMax.isPositive(), "a token lives for a while");
        audiences = Set.copyOf(audiences);
        types = Set.copyOf(types);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.identity.proof.JwtCheck.Checked;
import dev.tollgate.identity.proof.TrustedIssuer;
import dev.tollgate.terms.UserId;
import java.util.Map;
import java.util.Optional;

/// Somebody who says which person it is.
///
/// @param kinds its tokens by what they are said to be
/// @param jag   its assertions that a client may act for a person (ID-JAG), when it is trusted with them
/// @param claim the claim that is the person's id in the bundle
public record PeopleSource(Map<TokenRequest.Kind, TrustedIssuer> kinds, Optional<TrustedIssuer> jag, String claim) {
    /// Counts only when the provider says that it looked.
    private static final String EMAIL = "email";

    public PeopleSource {
        kinds = Map.copyOf(kinds);
    }

    /// Whom a verified token names; whoever is no possible person is nobody.
    Optional<UserId> person(Checked.Proven proven) {
        boolean sure =
                !claim.equals(EMAIL) || Boolean.TRUE.equals(proven.claims().get("email_verified"));
        try {
            return sure ? proven.text(claim).map(UserId::new) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

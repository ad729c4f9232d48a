// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Optional;

/// The public keys of an issuer.
public interface IssuerKeys {
    /// The keys as they are known now; nothing when nobody can say, and then nothing is proven.
    ///
    /// @param missed whether a key was looked for in them that they do not have
    Optional<JWKSet> keys(boolean missed);

    /// Keys that never change.
    static IssuerKeys fixed(JWKSet set) {
        return _ -> Optional.of(set);
    }
}

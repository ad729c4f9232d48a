// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import java.util.Locale;

/// What was wrong with a proof of possession. For the log and for counting; a client hears that its
/// proof is not valid.
public enum ProofFault {
    /// None, or more than one.
    MISSING,
    /// Longer than any proof.
    OVERSIZED,
    /// Not three parts of base64url, or not JSON with each member once.
    SHAPE,
    /// Another `typ`, or members that a proof does not have.
    HEADER,
    /// No algorithm that is taken, or one that does not fit the key.
    ALGORITHM,
    /// No public key that is taken: private, symmetric, too small, too large, not on its curve.
    KEY,
    /// Not signed by the key that it names.
    SIGNATURE,
    /// Claims missing or of another kind.
    CLAIMS,
    /// For another method.
    METHOD,
    /// For another address.
    URL,
    /// Made too long ago.
    STALE,
    /// Made in the future.
    EARLY,
    /// For another token.
    TOKEN,
    /// Without a nonce of ours that is still good.
    NONCE,
    /// Used before.
    REPLAYED;

    /// The word used in logs, for example `proof-replayed`.
    public String word() {
        return "proof-" + name().toLowerCase(Locale.ROOT);
    }
}

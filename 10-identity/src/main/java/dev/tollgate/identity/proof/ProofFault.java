// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import java.util.Locale;

/// What was wrong with a token of somebody else. For the log and for counting, never for the one who presented it.
public enum ProofFault {
    /// Longer than any token that is taken.
    OVERSIZED,
    /// Not three parts of base64url: encrypted, nested, or no token.
    SHAPE,
    /// Not JSON with one meaning: a member twice, too deep, too long.
    JSON,
    /// An algorithm that is not taken, `none` and secrets first of all.
    ALGORITHM,
    /// A token of another kind.
    TYPE,
    /// A header that says where to find keys, or that something is critical.
    HEADER,
    /// Nobody whom this gateway trusts.
    ISSUER,
    /// A key that the issuer does not publish.
    KEY,
    /// The issuer cannot be asked for its keys, and what it said last is too old.
    UNAVAILABLE,
    /// Not signed by that key.
    SIGNATURE,
    /// A claim is missing, or is not what such a claim is.
    CLAIMS,
    /// For somebody else, or for others too.
    AUDIENCE,
    EXPIRED,
    /// Valid later, or issued in the future.
    EARLY,
    /// Meant to live longer than such a token may.
    LIFETIME;

    /// The word used in logs, for example `expired`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

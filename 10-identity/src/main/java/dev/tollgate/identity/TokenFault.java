// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import java.util.Locale;

/// What was wrong with a bearer token. For the log and for counting, never for the one who presented
/// it.
public enum TokenFault {
    /// Longer than any token of ours.
    OVERSIZED,
    /// Not three parts, or parts in another encoding than ours.
    SHAPE,
    /// A header that our issuer does not write: another algorithm, another type, further members.
    HEADER,
    /// A key that this gateway does not trust.
    KEY,
    /// Not signed by that key.
    SIGNATURE,
    /// Signed, but not the claims of a delegation.
    CLAIMS,
    ISSUER,
    AUDIENCE,
    EXPIRED,
    /// Issued in the future.
    EARLY,
    /// Meant to live longer than a delegation may.
    LIFETIME,
    /// Bound to a key or a certificate that whoever presents it does not show, or shown one that it is
    /// not bound to.
    OWNER;

    /// The word used in logs, for example `expired`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

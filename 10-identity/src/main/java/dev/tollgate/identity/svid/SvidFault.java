// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import java.util.Locale;

/// What was wrong with a workload's certificate. For the log; the client's connection is not opened.
public enum SvidFault {
    /// None at all, or more certificates than a chain has.
    LENGTH,
    /// Names that cannot be read.
    MALFORMED,
    /// No SPIFFE id, or more than one URI (X509-SVID §2).
    NAMES,
    /// A certificate that signs certificates, presented as a workload's (X509-SVID §3).
    AUTHORITY,
    /// A key that is not for signatures, or that is for certificates (X509-SVID §4.3).
    USAGE,
    /// A key too small or of a kind that is not taken.
    KEY,
    /// A trust domain that nobody configured.
    DOMAIN,
    /// Over, on this gateway's clock.
    EXPIRED,
    /// Not begun, on this gateway's clock.
    EARLY,
    /// Not signed, in the end, by its own trust domain.
    CHAIN;

    /// The word used in logs, for example `certificate-chain`.
    public String word() {
        return "certificate-" + name().toLowerCase(Locale.ROOT);
    }
}

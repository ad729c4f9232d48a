// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import dev.tollgate.terms.SpiffeId;
import java.time.Instant;

/// A workload's certificate, verified.
///
/// @param id         whose it is
/// @param thumbprint SHA-256 of its DER form in base64url (RFC 8705 §3.1)
/// @param from       when it begins
/// @param until      when it ends, or the first certificate above it that ends before
public record Svid(SpiffeId id, String thumbprint, Instant from, Instant until) {}

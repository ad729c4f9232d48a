// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import dev.tollgate.terms.Digest;

/// A signed tree head (C2SP tlog-checkpoint): whoever holds one can prove that nothing before it was changed.
///
/// @param origin names the log
/// @param size   entries that it covers
/// @param root   the RFC 6962 root of those entries
/// @param note   the signed note, as it is published
public record Checkpoint(String origin, long size, Digest root, String note) {}

// SPDX-License-Identifier: Apache-2.0
/// A transparency log: an append-only Merkle tree (RFC 6962) in the static layout of C2SP tlog-tiles,
/// with group commit, signed checkpoints and offline proofs. Segments are the truth and everything else
/// is derived from them. Knows nothing of what its entries mean. Readers that must not trust this code
/// use `dev.tollgate.merkle.verify`.
@NullMarked
package dev.tollgate.merkle;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// Tokens that only their owner can use: proofs of possession (DPoP, RFC 9449), certificates (RFC
/// 8705), and the memory that takes each proof once.
@NullMarked
package dev.tollgate.identity.bound;

import org.jspecify.annotations.NullMarked;

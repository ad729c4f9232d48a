// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

/// An entry is durable: it was on the disk before this object existed.
///
/// @param index where, counted from 0; never given to another entry
public record Appended(long index) {}

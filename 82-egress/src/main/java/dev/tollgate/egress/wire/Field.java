// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

/// One header line.
///
/// @param name  lower-case
/// @param value without the blanks around it
public record Field(String name, String value) {}

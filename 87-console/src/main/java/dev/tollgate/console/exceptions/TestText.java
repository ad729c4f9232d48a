// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.exceptions;

/// The page of a call as a policy test.
///
/// @param reason what went wrong
/// @param yaml   the file
/// @param file   path of the same, to keep
public record TestText(String reason, String yaml, String file) {}

// SPDX-License-Identifier: Apache-2.0
/// Sees through what hides a text from a reader of characters: invisible and look-alike letters, nested
/// encodings.
@NullMarked
package dev.tollgate.inspection.plain;

import org.jspecify.annotations.NullMarked;

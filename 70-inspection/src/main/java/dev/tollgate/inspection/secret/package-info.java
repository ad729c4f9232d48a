// SPDX-License-Identifier: Apache-2.0
/// Finds secrets and one-time codes, by rules in vendors' documented formats, in one pass over the text.
@NullMarked
package dev.tollgate.inspection.secret;

import org.jspecify.annotations.NullMarked;

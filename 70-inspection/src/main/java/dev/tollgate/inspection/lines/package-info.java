// SPDX-License-Identifier: Apache-2.0
/// Inspection of many texts by JSON lines, as `tollgate inspect` does it.
@NullMarked
package dev.tollgate.inspection.lines;

import org.jspecify.annotations.NullMarked;

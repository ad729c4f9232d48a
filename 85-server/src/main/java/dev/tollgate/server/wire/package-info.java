// SPDX-License-Identifier: Apache-2.0
/// JSON as it crosses the doors: one strict, bounded reader and one exact writer. Every door reads and writes
/// through here, so what is refused is refused the same way everywhere.
@NullMarked
package dev.tollgate.server.wire;

import org.jspecify.annotations.NullMarked;

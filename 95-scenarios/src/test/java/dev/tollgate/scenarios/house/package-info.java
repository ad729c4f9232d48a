// SPDX-License-Identifier: Apache-2.0
/// The house rules of STYLE.md as tests: which room may import which, what no room may do, and a planted break of each
/// rule that must be noticed. `Rooms` is the one place that holds the import table.
@NullMarked
package dev.tollgate.scenarios.house;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// What every store must do for the memory of what tasks were told.
@NullMarked
package dev.tollgate.lineage.heard;

import org.jspecify.annotations.NullMarked;

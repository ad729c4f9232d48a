// SPDX-License-Identifier: Apache-2.0
/// Scores how likely a text carries instructions to a model, with a small model that ships with the
/// room.
@NullMarked
package dev.tollgate.inspection.instruction;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// Trains the room's two models from data outside the project, from a seed, to the same bytes each time.
/// Nothing here runs in a gateway.
@NullMarked
package dev.tollgate.inspection.training;

import org.jspecify.annotations.NullMarked;

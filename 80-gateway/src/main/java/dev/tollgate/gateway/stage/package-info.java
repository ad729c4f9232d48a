// SPDX-License-Identifier: Apache-2.0
/// The stages of the way, one file each. A stage asks its rooms and returns the next state or a
/// refusal; it knows nothing of the stages around it.
@NullMarked
package dev.tollgate.gateway.stage;

import org.jspecify.annotations.NullMarked;

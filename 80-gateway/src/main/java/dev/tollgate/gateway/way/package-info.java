// SPDX-License-Identifier: Apache-2.0
/// The way itself: the order of the stages, what happens to a refusal, and the front that the doors call.
@NullMarked
package dev.tollgate.gateway.way;

import org.jspecify.annotations.NullMarked;

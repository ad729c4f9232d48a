// SPDX-License-Identifier: Apache-2.0
/// The agents of the bundle, and the switch that stops one.
@NullMarked
package dev.tollgate.console.agents;

import org.jspecify.annotations.NullMarked;

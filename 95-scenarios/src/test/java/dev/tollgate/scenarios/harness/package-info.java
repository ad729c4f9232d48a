// SPDX-License-Identifier: Apache-2.0
/// What front-door tests stand on: a whole gateway from the composition root, a client that keeps every
/// byte that crossed the wire, and captures of everything else that a value could leak into.
@NullMarked
package dev.tollgate.scenarios.harness;

import org.jspecify.annotations.NullMarked;

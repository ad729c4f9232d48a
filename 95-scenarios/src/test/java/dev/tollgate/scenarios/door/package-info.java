// SPDX-License-Identifier: Apache-2.0
/// Through the front door: bounds, decision tokens, no oracle, and what auditors are told, asserted on what crossed the
/// wire.
@NullMarked
package dev.tollgate.scenarios.door;

import org.jspecify.annotations.NullMarked;

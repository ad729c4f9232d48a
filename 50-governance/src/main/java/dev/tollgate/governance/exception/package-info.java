// SPDX-License-Identifier: Apache-2.0
/// The exception queue: what went wrong waits for a person with a name, a reason, evidence and two clocks.
@NullMarked
package dev.tollgate.governance.exception;

import org.jspecify.annotations.NullMarked;

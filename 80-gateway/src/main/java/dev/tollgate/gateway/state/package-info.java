// SPDX-License-Identifier: Apache-2.0
/// What a request is known to be after each stage. A stage takes the state before its own, so a skipped
/// or swapped stage does not compile.
@NullMarked
package dev.tollgate.gateway.state;

import org.jspecify.annotations.NullMarked;

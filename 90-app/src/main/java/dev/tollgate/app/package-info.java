// SPDX-License-Identifier: Apache-2.0
/// The composition root: configuration, all wiring by hand, and the process that runs it.
@NullMarked
package dev.tollgate.app;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// The command line by itself, over rooms that only remember what was asked of them.
@NullMarked
package dev.tollgate.cli;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// Reads a log without a line of the code that wrote it: its own parser, its own tree, its own proofs.
/// What it accepts, an auditor may believe even if the writer is wrong; a test keeps the two apart.
@NullMarked
package dev.tollgate.merkle.verify;

import org.jspecify.annotations.NullMarked;

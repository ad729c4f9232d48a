// SPDX-License-Identifier: Apache-2.0
/// Operators' commands. They parse and print; what they do is done by the rooms, opened for them by the composition
/// root.
@NullMarked
package dev.tollgate.cli;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// What went wrong and waits for its owner.
@NullMarked
package dev.tollgate.console.exceptions;

import org.jspecify.annotations.NullMarked;

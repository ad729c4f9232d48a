// SPDX-License-Identifier: Apache-2.0
/// What agents changed, and taking it back after a look at what that would be.
@NullMarked
package dev.tollgate.console.changes;

import org.jspecify.annotations.NullMarked;

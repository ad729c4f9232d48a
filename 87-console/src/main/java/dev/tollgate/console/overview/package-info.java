// SPDX-License-Identifier: Apache-2.0
/// The first page: what waits, what is stopped, what was decided.
@NullMarked
package dev.tollgate.console.overview;

import org.jspecify.annotations.NullMarked;

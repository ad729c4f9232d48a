// SPDX-License-Identifier: Apache-2.0
/// Access reviews: what agents may do, what of it they used, and what people decided about it.
@NullMarked
package dev.tollgate.console.access;

import org.jspecify.annotations.NullMarked;

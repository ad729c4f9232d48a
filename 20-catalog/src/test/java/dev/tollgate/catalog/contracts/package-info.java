// SPDX-License-Identifier: Apache-2.0
/// Tests of contracts: what loads, what is refused and how it is told.
@NullMarked
package dev.tollgate.catalog.contracts;

import org.jspecify.annotations.NullMarked;

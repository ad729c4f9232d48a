// SPDX-License-Identifier: Apache-2.0
/// What every room's tests share: requirement ids on tests, and a small property harness that prints its seed.
@NullMarked
package dev.tollgate.terms.testing;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// Cedar decisions of 05-cedar beside cedar-java and CEL. Among the tests because the official library may be used by
/// no product code but its fence.
@NullMarked
package dev.tollgate.benchmarks.cedar;

import org.jspecify.annotations.NullMarked;

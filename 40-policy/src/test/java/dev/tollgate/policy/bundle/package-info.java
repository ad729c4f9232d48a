// SPDX-License-Identifier: Apache-2.0
/// Tests of the readers of a bundle's files.
@NullMarked
package dev.tollgate.policy.bundle;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// Tests of asking without doing.
@NullMarked
package dev.tollgate.policy.authzen;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// To be written.
@NullMarked
package dev.tollgate.policy;

import org.jspecify.annotations.NullMarked;

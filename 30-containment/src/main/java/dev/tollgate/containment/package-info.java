// SPDX-License-Identifier: Apache-2.0
/// To be written.
@NullMarked
package dev.tollgate.containment;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tollgate.egress.wire;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tollgate.egress.net;

import org.jspecify.annotations.NullMarked;

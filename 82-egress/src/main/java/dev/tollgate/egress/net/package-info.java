// SPDX-License-Identifier: Apache-2.0
/// From a name to an address that may be connected to.
@NullMarked
package dev.tollgate.egress.net;

import org.jspecify.annotations.NullMarked;

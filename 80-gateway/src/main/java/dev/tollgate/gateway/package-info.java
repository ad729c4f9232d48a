// SPDX-License-Identifier: Apache-2.0
/// The policy enforcement point: the way of a request as a chain of types, and the front that the doors of 85-server
/// call.
@NullMarked
package dev.tollgate.gateway;

import org.jspecify.annotations.NullMarked;

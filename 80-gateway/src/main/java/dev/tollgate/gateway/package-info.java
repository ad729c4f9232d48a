// SPDX-License-Identifier: Apache-2.0
/// The policy enforcement point: what the doors of 85-server see of it. The way of a request is in the packages below:
/// states, stages, and their order.
@NullMarked
package dev.tollgate.gateway;

import org.jspecify.annotations.NullMarked;

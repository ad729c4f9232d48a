// SPDX-License-Identifier: Apache-2.0
/// What operators and their machines see of the server: health, readiness, metrics.
@NullMarked
package dev.tollgate.server.ops;

import org.jspecify.annotations.NullMarked;

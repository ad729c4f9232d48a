// SPDX-License-Identifier: Apache-2.0
/// The egress proxy from outside, with real clients.
@NullMarked
package dev.tollgate.scenarios.egress;

import org.jspecify.annotations.NullMarked;

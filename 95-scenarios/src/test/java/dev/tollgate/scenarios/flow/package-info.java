// SPDX-License-Identifier: Apache-2.0
/// What agents were shown is remembered, and judges where they may write and send.
@NullMarked
package dev.tollgate.scenarios.flow;

import org.jspecify.annotations.NullMarked;

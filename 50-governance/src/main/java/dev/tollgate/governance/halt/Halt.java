// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import java.time.Instant;

/// One time that a kill switch was switched.
///
/// @param scope what it stops
/// @param on    switched on, or off again
/// @param by    who did it
/// @param why   in their own words
/// @param at    when
public record Halt(HaltScope scope, boolean on, String by, String why, Instant at) {}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// How much may be used within any window of time. Read from the bundle's `budgets.yaml`.
///
/// @param name   for refusals and logs: lower-case words joined by `-`, at most 64 characters
/// @param max    units within the window, 0 to 10^12; a unit is a call, a row, a byte, as the name says
/// @param window a sliding window, between 1 s and 24 h
public record Budget(String name, long max, Duration window) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int NAME_CHARS_MAX = 64;

    /// Far above any real budget, far below an overflow of the sums.
    private static final long UNITS_MAX = 1_000_000_000_000L;

    private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
    private static final Duration WINDOW_MAX = Duration.ofHours(24);

    /// Slots of a window. More make the window more exact and cost a row each.
    private static final int SLOTS = 12;

    /// Slots that count: the twelve of the window, one because a window touches a part of a slot at either end,
    /// one for clocks of nodes that differ by up to a slot.
    static final int SLOTS_COUNTED = SLOTS + 2;

    public Budget {
        Require.require(
                name.length() <= NAME_CHARS_MAX && NAME.matcher(name).matches(),
                "a budget's name is lower-case words joined by `-`, at most " + NAME_CHARS_MAX + " characters");
        Require.require(max >= 0 && max <= UNITS_MAX, "a budget is between 0 and " + UNITS_MAX + " units");
        Require.require(
                window.compareTo(WINDOW_MIN) >= 0 && window.compareTo(WINDOW_MAX) <= 0,
                "a budget's window is between 1 s and 24 h");
    }

    /// So many a minute.
    public static Budget perMinute(String name, long max) {
        return new Budget(name, max, Duration.ofMinutes(1));
    }

    /// Milliseconds of one slot.
    long slotMillis() {
        return Math.ceilDiv(window.toMillis(), SLOTS);
    }

    /// When the slot of that moment began, in epoch milliseconds.
    long slot(Instant at) {
        long width = slotMillis();
        return Math.floorDiv(at.toEpochMilli(), width) * width;
    }

    /// Units that a node takes from the store at once at most, to hand them out without asking again.
    long leaseMax() {
        return Math.max(1, max / 8);
    }
}

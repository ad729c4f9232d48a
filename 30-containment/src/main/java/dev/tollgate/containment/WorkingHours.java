// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static dev.tollgate.terms.Require.require;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/// When agents of a type work.
///
/// @param agents the type, or `*` for every one
/// @param zone   whose clock
/// @param from   the first moment of the day
/// @param until  the first moment after it; before `from` it lies on the next day
/// @param days   on which the work begins, at least one
public record WorkingHours(String agents, ZoneId zone, LocalTime from, LocalTime until, Set<DayOfWeek> days) {
    private static final String EVERY = "*";

    public WorkingHours {
        days = Set.copyOf(days);
        require(!days.isEmpty(), "work begins on one day of the week at least");
        require(!from.equals(until), "work ends at another time than it begins");
    }

    boolean names(String type) {
        return agents.equals(EVERY) || agents.equals(type);
    }

    boolean include(Instant now) {
        ZonedDateTime there = now.atZone(zone);
        LocalTime time = there.toLocalTime();
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(until);
        if (from.isBefore(until)) {
            return days.contains(there.getDayOfWeek()) && begun && !over;
        }
        // A night: what is left of the one that began yesterday, or the one that begins today.
        return (begun && days.contains(there.getDayOfWeek()))
                || (!over && days.contains(there.getDayOfWeek().minus(1)));
    }
}

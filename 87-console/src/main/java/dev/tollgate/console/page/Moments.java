// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as people read them, in UTC.
public final class Moments {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter EXACTLY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private Moments() {}

    /// For example `2026-11-21 10:14:07.032`.
    public static String exactly(Instant instant) {
        return EXACTLY.format(instant);
    }

    /// For example `2026-11-21 10:14 UTC`.
    public static String at(Instant instant) {
        return MINUTE.format(instant);
    }

    /// For example `3 min`, `2 h`, `5 d`; `under a minute` for less than a minute.
    public static String span(Duration span) {
        Duration length = span.abs();
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            return "under a minute";
        }
        if (length.compareTo(Duration.ofHours(2)) < 0) {
            return length.toMinutes() + " min";
        }
        return length.compareTo(Duration.ofDays(2)) < 0 ? length.toHours() + " h" : length.toDays() + " d";
    }
}

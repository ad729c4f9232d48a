// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instants as the store keeps them: microseconds since 1970, finer parts cut off. Both databases sort and
/// compare them alike, which their own timestamp types do not.
public final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final long NANOS = 1_000;

    private Micros() {}

    /// Microseconds since 1970.
    ///
    /// @throws ArithmeticException when the instant is 290,000 years away
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / NANOS);
    }

    /// The instant of so many microseconds since 1970.
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.catalog.Contract;
import java.time.Duration;

/// How much one call to a system may bring and how long it may take.
///
/// @param rowsMax  rows of one answer, 1 to 10,000
/// @param bytesMax bytes of one answer as the system sends it, 1 KiB to 64 MiB
/// @param timeMax  from the first byte sent to the last byte read, 1 ms to 60 s (a decision token's life)
public record DoorLimits(int rowsMax, int bytesMax, Duration timeMax) {
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /// A page that a model can read, with room for long notes, in the time that a person waits.
    public static final DoorLimits DEFAULT = new DoorLimits(200, 4 << 20, Duration.ofSeconds(10));

    /// The limits of a contract. A decision token ends after a minute, so no call lasts longer.
    static DoorLimits of(Contract.Limits limits) {
        Duration timeMax = limits.timeout().compareTo(TIME_MAX) > 0 ? TIME_MAX : limits.timeout();
        return new DoorLimits(limits.rowsMax(), Math.toIntExact(limits.bytesMax()), timeMax);
    }

    public DoorLimits {
        require(rowsMax >= 1 && rowsMax <= 10_000, "rowsMax must be 1 to 10000");
        require(bytesMax >= 1 << 10 && bytesMax <= 64 << 20, "bytesMax must be 1 KiB to 64 MiB");
        require(timeMax.toMillis() >= 1 && timeMax.compareTo(TIME_MAX) <= 0, "timeMax must be 1 ms to 60 s");
    }
}

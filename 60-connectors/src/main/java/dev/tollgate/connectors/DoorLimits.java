// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static dev.tollgate.terms.Require.require;

import java.time.Duration;

/// How much one call to a system may bring and how long it may take.
///
/// @param rowsMax  rows of one answer, 1 to 10,000
/// @param bytesMax bytes of one answer as the system sends it, 1 KiB to 64 MiB
/// @param timeMax  from the first byte sent to the last byte read, 1 ms to 60 s (a decision token's life)
public record DoorLimits(int rowsMax, int bytesMax, Duration timeMax) {
    /// A page that a model can read, with room for long notes, in the time that a person waits.
    public static final DoorLimits DEFAULT = new DoorLimits(200, 4 << 20, Duration.ofSeconds(10));

    public DoorLimits {
        require(rowsMax >= 1 && rowsMax <= 10_000, "rowsMax must be 1 to 10000");
        require(bytesMax >= 1 << 10 && bytesMax <= 64 << 20, "bytesMax must be 1 KiB to 64 MiB");
        require(
                timeMax.toMillis() >= 1 && timeMax.compareTo(Duration.ofSeconds(60)) <= 0,
                "timeMax must be 1 ms to 60 s");
    }
}

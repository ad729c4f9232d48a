// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.time.Duration;
import java.util.List;

/// How a log trades latency, memory and disk.
///
/// @param segmentBytes    bytes of one preallocated segment, 1 MiB to 256 MiB
/// @param checkpointEvery longest time that a durable entry waits for a signed checkpoint; zero signs every
/// batch
/// @param publishEvery    longest time that a checkpoint waits to be published with its tiles; at most a minute
/// @param retired         keys that signed earlier checkpoints of this log
public record LogOptions(
        int segmentBytes, Duration checkpointEvery, Duration publishEvery, List<VerifyingKey> retired) {
    /// Zeroing one takes well under a tenth of a second, and recovery reads only the last one.
    private static final int SEGMENT_BYTES = 16 << 20;

    /// The JDK's own Ed25519 takes 0.8 ms: signing every batch would halve the log's rate (research: 60,906 of
    /// 105,443).
    private static final Duration SLOW_SIGNER_EVERY = Duration.ofMillis(100);

    /// Static readers are monitors and witnesses, not callers; callers get proofs from memory.
    private static final Duration PUBLISH_EVERY = Duration.ofSeconds(1);

    private static final Duration EVERY_MAX = Duration.ofMinutes(1);

    public LogOptions {
        require(segmentBytes >= 1 << 20 && segmentBytes <= 256 << 20, "a segment has 1 MiB to 256 MiB");
        require(within(checkpointEvery), "checkpointEvery is between 0 and 1 minute");
        require(within(publishEvery), "publishEvery is between 0 and 1 minute");
        retired = List.copyOf(retired);
    }

    /// What suits a key: a slow signer signs at most every 100 ms, a fast one every batch.
    public static LogOptions suiting(SigningKey key) {
        boolean slow = key.provider().getName().equals("SunEC");
        return new LogOptions(SEGMENT_BYTES, slow ? SLOW_SIGNER_EVERY : Duration.ZERO, PUBLISH_EVERY, List.of());
    }

    private static boolean within(Duration every) {
        return !every.isNegative() && every.compareTo(EVERY_MAX) <= 0;
    }
}

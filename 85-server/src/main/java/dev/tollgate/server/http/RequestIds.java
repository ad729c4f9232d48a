// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import dev.tollgate.terms.RequestId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes request ids: UUIDs of version 7 (RFC 9562 §5.7), so that ids sort by time. Safe for many threads when
/// its source of randomness is.
public final class RequestIds {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final RandomGenerator random;

    /// Ids from this clock and this randomness.
    public RequestIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// The next id.
    public RequestId next() {
        long high = (clock.millis() << 16) | VERSION | (random.nextLong() & 0x0FFFL);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new RequestId(new UUID(high, low).toString());
    }
}

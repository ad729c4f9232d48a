// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Remembers in memory, for a server that is alone.
public final class MemoryOnce implements Once {
    /// Ids kept at once: at 100 bytes each, 10 MB.
    private static final int KEPT_MAX = 100_000;

    /// Least time between two looks for what expired, as each looks at everything.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Map<String, Instant> used = new HashMap<>();

    private Instant lookAgain = Instant.MIN;

    /// A memory that forgets by this clock.
    public MemoryOnce(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean first(String id, Instant expires) {
        if (used.size() >= KEPT_MAX) {
            forget(clock.instant());
        }
        return used.size() < KEPT_MAX && used.putIfAbsent(id, expires) == null;
    }

    private void forget(Instant now) {
        if (now.isAfter(lookAgain)) {
            lookAgain = now.plus(LOOK_EVERY);
            used.values().removeIf(until -> until.isBefore(now));
        }
    }

    @Override
    public synchronized boolean used(String id) {
        return used.containsKey(id);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that runs as the machine's does and can be set forward, so that tokens, budgets and windows age at once.
public final class MovingClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    /// Sets the clock forward.
    public synchronized void advance(Duration by) {
        ahead = ahead.plus(by);
    }
}

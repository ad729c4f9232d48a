// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.time.Duration;

/// When a call must have ended, on the monotonic clock. One deadline spans every step of a call, so that steps that are
/// each in time cannot add up to one that is not.
public final class Deadline {
    private final long endsNanos;

    private Deadline(long endsNanos) {
        this.endsNanos = endsNanos;
    }

    /// A deadline that far from now.
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// Nanoseconds left.
    ///
    /// @throws UpstreamBroken `timeout` when none are
    public long nanosLeft() {
        long left = endsNanos - System.nanoTime();
        if (left <= 0) {
            throw new UpstreamBroken(UpstreamBroken.Why.TIMEOUT);
        }
        return left;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.store.Store;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.testing.Property;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// What waits for the people of the first tenant, read from the store that all nodes share.
public final class WaitingCases {
    private static final TenantId ACME = new TenantId("acme");

    /// What a loop of the gateway does every second is there after half a minute at the latest.
    private static final int TRIES_MAX = 3_000;

    private static final long PAUSE_NANOS = 10_000_000;

    private final ExceptionQueue queue;

    public WaitingCases(Store store, InstantSource clock) {
        queue = new ExceptionQueue(store, clock, Property.random(11), QueueLimits.DEFAULT);
    }

    /// All that wait.
    public List<ExceptionCase> all() {
        return queue.list(ACME, Optional.empty(), Optional.empty(), 200).items();
    }

    /// The one that comes.
    public ExceptionCase until(Predicate<ExceptionCase> met) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<ExceptionCase> found = all().stream().filter(met).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("it never came: " + all());
    }

    /// The one of a rule or signal that comes.
    public ExceptionCase of(String rule) {
        return until(one -> one.report().rule().value().equals(rule));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.concurrent.CompletableFuture;

/// Where everything that happens is recorded before it has consequences. Safe for many threads.
public interface AuditLog {
    /// Records an entry and returns when it, and what is personal in it, is durable. Refuses with
    /// `Unrecorded` when it is not, whatever the reason: what depends on it must not happen.
    default Step<Recorded> record(AuditEntry entry) {
        return recordAsync(entry).join();
    }

    /// As `record`, but completes when durable, so that a caller can do something else meanwhile. Never
    /// completes exceptionally. Completes on a thread of the log or of the store: what depends on it
    /// must be short.
    CompletableFuture<Step<Recorded>> recordAsync(AuditEntry entry);

    /// An entry is durable.
    ///
    /// @param logIndex where it stands in the log
    record Recorded(long logIndex) {}

    /// The answer when an entry cannot be recorded.
    static Step<Recorded> unrecorded() {
        return Step.refuse(new Refusal.Unrecorded());
    }
}

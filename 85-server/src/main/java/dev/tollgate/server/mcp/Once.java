// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import java.time.Instant;

/// Remembers what counts only once, until it would have expired anyway. For the request states of several nodes
/// it must be one memory for all of them.
public interface Once {
    /// Marks `id` as used. False when it was used before, or when nothing more can be remembered: the unknown is
    /// a no.
    boolean first(String id, Instant expires);

    /// Whether `id` was used.
    boolean used(String id);
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

/// What serves the requests of one path or of one family of paths. Blocks, on virtual threads; safe for many
/// threads.
@FunctionalInterface
public interface Door {
    /// Answers one request, whatever its method.
    void serve(Turn turn);
}

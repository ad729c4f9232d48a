// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import dev.tollgate.server.mcp.Listeners;
import dev.tollgate.server.ops.Meters;

/// A server that listens.
public interface RunningServer extends AutoCloseable {
    /// The port that it listens on.
    int port();

    /// How clients reach it, for example `http://127.0.0.1:8080`.
    String url();

    /// The streams of clients that want to hear of changes: call `toolsChanged` when a policy is activated.
    Listeners listeners();

    /// The metrics, for other rooms to add theirs.
    Meters meters();

    /// Stops: takes no new requests, waits for those under way as long as the limits say, then closes. Returns
    /// at once when it was stopped before.
    void stop();

    @Override
    default void close() {
        stop();
    }
}

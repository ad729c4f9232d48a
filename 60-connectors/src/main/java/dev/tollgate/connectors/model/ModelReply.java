// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/// What a provider answers. Closed by whoever took it.
public final class ModelReply implements AutoCloseable {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final int status;
    private final Optional<String> retryAfter;
    private final boolean events;
    private final WatchedBody body;
    private final Runnable ended;

    ModelReply(int status, Optional<String> retryAfter, boolean events, WatchedBody body, Runnable ended) {
        this.status = status;
        this.retryAfter = retryAfter;
        this.events = events;
        this.body = body;
        this.ended = ended;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// When to come again, in the provider's words.
    public Optional<String> retryAfter() {
        return retryAfter;
    }

    /// Whether the body is a stream of events.
    public boolean events() {
        return events;
    }

    /// The events of a stream, one at a time.
    public ModelEvents stream() {
        return new ModelEvents(body);
    }

    /// The whole body; nothing when it is longer than it may be, or does not come to its end.
    public Optional<byte[]> whole(int bytesMax) {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                all.write(chunk, 0, read);
                if (all.size() > bytesMax) {
                    return Optional.empty();
                }
            }
            return Optional.of(all.toByteArray());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        ended.run();
        body.hangUp();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// An open stream of server-sent events (WHATWG HTML, "Server-sent events"). Writes block and are serialised;
/// the first that fails closes the stream for good, which is how a client's leaving is noticed.
public final class EventStream {
    private static final byte[] DATA = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Response response;
    private final Callback callback;
    private boolean open = true;

    EventStream(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    /// Sends one event whose data is one line of JSON. False when the client has gone.
    public synchronized boolean send(ByteBuffer json) {
        ByteBuffer event = ByteBuffer.allocate(DATA.length + json.remaining() + END.length);
        event.put(DATA).put(json).put(END).flip();
        return write(event);
    }

    /// Sends one event of somebody else's stream. False when the client has gone.
    ///
    /// @param name its kind, when it has one
    /// @param data one line
    public synchronized boolean send(Optional<String> name, String data) {
        String event = name.map(kind -> "event: " + kind + "\n").orElse("") + "data: " + data + "\n\n";
        return write(ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8)));
    }

    /// Sends a comment, to keep the connection alive and to notice a client that has gone.
    public synchronized boolean beat() {
        return write(ByteBuffer.wrap(BEAT));
    }

    /// Whether the client was there at the last write.
    public synchronized boolean open() {
        return open;
    }

    /// Ends the stream and the reply.
    public synchronized void close() {
        if (open) {
            open = false;
            response.write(true, null, callback);
        }
    }

    private boolean write(ByteBuffer bytes) {
        if (!open) {
            return false;
        }
        try {
            Content.Sink.write(response, false, bytes);
            return true;
        } catch (IOException gone) {
            open = false;
            callback.failed(gone);
            return false;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between a store and PostgreSQL on loopback and does what networks do.
final class FaultyProxy implements AutoCloseable {
    /// What the network does.
    enum Weather {
        FAIR,
        /// Nothing arrives any more, and nobody is told.
        SILENT,
        /// The connection ends when the client asks for a commit, before the server hears of it.
        CUT_BEFORE_COMMIT,
        /// The connection ends after the server heard of the commit, before the client hears of the outcome.
        CUT_AFTER_COMMIT
    }

    /// What the server says when it has inserted, and when it has committed.
    private static final byte[] INSERTED = "INSERT 0 ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] COMMITTED = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    final AtomicReference<Weather> weather = new AtomicReference<>(Weather.FAIR);

    FaultyProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                AtomicBoolean cutting = new AtomicBoolean();
                open.add(client);
                open.add(server);
                Thread.ofPlatform().daemon().start(() -> pump(client, server, true, cutting));
                Thread.ofPlatform().daemon().start(() -> pump(server, client, false, cutting));
            } catch (IOException _) {
                // Closed, or the server is down: the client sees the end of its connection.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean asking, AtomicBoolean cutting) {
        byte[] buffer = new byte[65_536];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Weather now = weather.get();
                if (now == Weather.SILENT) {
                    continue;
                }
                if (now == Weather.CUT_AFTER_COMMIT && !asking && contains(buffer, read, COMMITTED)) {
                    return;
                }
                if (now == Weather.CUT_BEFORE_COMMIT && !asking && contains(buffer, read, INSERTED)) {
                    // What the client asks next is the commit.
                    cutting.set(true);
                }
                if (asking && cutting.getAndSet(false)) {
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException _) {
            // The other side went away: so does this one.
        }
    }

    private static boolean contains(byte[] buffer, int length, byte[] wanted) {
        for (int at = 0; at + wanted.length <= length; at++) {
            int same = 0;
            while (same < wanted.length && buffer[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

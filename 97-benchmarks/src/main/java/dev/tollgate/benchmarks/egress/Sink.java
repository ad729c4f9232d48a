// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.egress;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that reads a TLS hello as bare bytes, then a number, and sends as many bytes.
///
/// @param door where it listens
public record Sink(ServerSocket door, ExecutorService threads) implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int BUFFER_BYTES = 64 * 1024;

    /// Starts one on a free port.
    public static Sink start() throws IOException {
        ServerSocket door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        Sink sink = new Sink(door, Executors.newVirtualThreadPerTaskExecutor());
        sink.threads().execute(sink::accept);
        return sink;
    }

    /// Where it listens.
    public int port() {
        return door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            } catch (IOException _) {
                // The door was closed, or the next one comes.
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readNBytes(Through.HELLO.length);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (long left = in.readLong(); left > 0; left -= Math.min(left, buffer.length)) {
                client.getOutputStream().write(buffer, 0, (int) Math.min(left, buffer.length));
            }
        } catch (IOException _) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}

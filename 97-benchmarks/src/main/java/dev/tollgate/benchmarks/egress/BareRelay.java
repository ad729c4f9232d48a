// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.egress;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The least that a tunnel takes: reads a head, connects to this machine, copies both ways. Asks nobody, checks
/// nothing.
///
/// @param door where it listens
public record BareRelay(ServerSocket door, ExecutorService threads) implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] OPEN = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /// Starts one on a free port.
    public static BareRelay start() throws IOException {
        ServerSocket door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        BareRelay relay = new BareRelay(door, Executors.newVirtualThreadPerTaskExecutor());
        relay.threads().execute(relay::accept);
        return relay;
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

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port(client.getInputStream()))) {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            client.getOutputStream().write(OPEN);
            Thread back = Thread.ofVirtual().start(() -> copy(upstream, client));
            copy(client, upstream);
            back.join();
        } catch (IOException _) {
            // One side has gone.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static int port(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return Integer.parseInt(head.substring(head.indexOf(":") + 1, head.indexOf(" HTTP")));
    }

    private static void copy(Socket from, Socket to) {
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            // One side has gone.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}

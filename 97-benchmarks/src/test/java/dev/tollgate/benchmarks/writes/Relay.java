// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.writes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The wire between a node and its database, to be cut.
public final class Relay implements AutoCloseable {
    private static final int WAITING_MAX = 50;

    private final int target;
    private final ServerSocket listener;
    private final List<Socket> ends = new CopyOnWriteArrayList<>();

    /// Listens on a port of its own for what goes to `target`.
    public Relay(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, WAITING_MAX, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Where it listens.
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                ends.add(client);
                ends.add(server);
                Thread.ofVirtual().start(() -> pump(client, server));
                Thread.ofVirtual().start(() -> pump(server, client));
            } catch (IOException _) {
                // It is cut, or nobody is there any more.
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // It is cut.
        }
    }

    /// From now on nothing arrives, and nobody connects.
    public void cut() throws IOException {
        listener.close();
        for (Socket end : ends) {
            end.close();
        }
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}

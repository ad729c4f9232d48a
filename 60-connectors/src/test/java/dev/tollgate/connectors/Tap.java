// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A wire between a door and its system on loopback: hears what is sent, and can hold, cut, garble, drip or flood the
/// answers.
public final class Tap implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int HEARD_BYTES_MAX = 8 << 20;

    private final ServerSocket listener;
    private final int systemPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private volatile Fault fault = Fault.NONE;

    /// What happens to answers.
    public enum Fault {
        NONE,
        /// The system takes the question and never answers.
        SILENT,
        /// The connection is cut as soon as something was asked.
        CUT,
        /// Bytes that are no answer in any format.
        GARBAGE,
        /// The head of an HTTP answer whose body comes a byte at a time, for ever.
        DRIP,
        /// An HTTP answer whose body never ends.
        FLOOD
    }

    /// A wire to a port of loopback.
    public Tap(int systemPort) {
        this.systemPort = systemPort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// A port where nobody listens.
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The port to connect to.
    public int port() {
        return listener.getLocalPort();
    }

    /// From now on answers fare like this.
    public void fault(Fault next) {
        fault = next;
    }

    /// What was sent since the last call of this, byte for byte as Latin-1 text.
    public String sent() {
        synchronized (heard) {
            String text = heard.toString(StandardCharsets.ISO_8859_1);
            heard.reset();
            return text;
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket system = new Socket()) {
            system.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), systemPort), CONNECT_MILLIS);
            open.add(system);
            Thread.ofVirtual().start(() -> back(system, client));
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[16 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hear(buffer, read);
                if (fault == Fault.NONE) {
                    system.getOutputStream().write(buffer, 0, read);
                } else {
                    misbehave(client);
                }
            }
        } catch (IOException | InterruptedException gone) {
            // The other side hung up, which is what a door does when its time is over.
            heardNothing(gone);
        }
    }

    private void hear(byte[] buffer, int read) {
        synchronized (heard) {
            if (heard.size() < HEARD_BYTES_MAX) {
                heard.write(buffer, 0, read);
            }
        }
    }

    private void misbehave(Socket client) throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        byte[] head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{\"a\":\""
                .getBytes(StandardCharsets.ISO_8859_1);
        switch (fault) {
            case NONE, SILENT -> out.flush();
            case CUT -> client.close();
            case GARBAGE -> {
                out.write(new byte[] {0x15, 3, 1, 0, 2, 2, 70, 0, 0, 0, 1, 'x', '\n'});
                client.close();
            }
            case DRIP -> {
                out.write(head);
                while (!client.isClosed()) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(20);
                }
            }
            case FLOOD -> {
                out.write(head);
                byte[] chunk = "x".repeat(64 << 10).getBytes(StandardCharsets.ISO_8859_1);
                while (!client.isClosed()) {
                    out.write(chunk);
                }
            }
        }
    }

    private static void back(Socket system, Socket client) {
        try (system;
                client) {
            system.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            heardNothing(gone);
        }
    }

    private static void heardNothing(Exception gone) {
        if (gone instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    /// From now on nothing arrives, and nobody connects.
    public void cut() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        cut();
    }
}

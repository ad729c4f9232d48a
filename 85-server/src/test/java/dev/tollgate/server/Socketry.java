// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A bare connection, for what no HTTP client would send.
final class Socketry implements AutoCloseable {
    private static final int MILLIS_MAX = 20_000;

    private final Socket socket;

    Socketry(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(MILLIS_MAX);
            socket.setTcpNoDelay(true);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Sends bytes; false when the server has closed the connection.
    boolean send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    boolean send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Tells the server that nothing more comes.
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException _) {
            // It had closed first.
        }
    }

    /// Everything up to the connection's end.
    String rest() {
        return until("\u0000never\u0000");
    }

    /// What came up to and with `mark`, or up to the end.
    String until(String mark) {
        StringBuilder text = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            while (text.indexOf(mark) < 0) {
                int next = in.read();
                if (next < 0) {
                    return text.toString();
                }
                text.append((char) next);
            }
            return text.toString();
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("the server neither answered nor closed; so far: " + text, silent);
        } catch (SocketException _) {
            return text.toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

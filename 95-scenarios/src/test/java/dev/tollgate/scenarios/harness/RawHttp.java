// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP/1.1 connection over a plain socket: sends bytes as they are given, so that it can also send what no HTTP
/// library would, and keeps the bytes that came back as they came.
public final class RawHttp implements AutoCloseable {
    /// Longer than any limit of the gateway, so that a test that hangs says so.
    private static final int READ_MILLIS_MAX = 60_000;

    private final Socket socket;
    private final InputStream in;

    /// One request and its answer.
    ///
    /// @param sent     what went out, a character a byte
    /// @param received status line, headers and body as they came, chunk frames included, a character a byte
    /// @param status   status code
    /// @param headers  lower-case names; of several values the last
    /// @param text     the body without chunk frames
    public record Exchange(String sent, String received, int status, Map<String, String> headers, String text) {
        /// Everything that came back, read as UTF-8.
        public String wire() {
            return new String(received.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    /// Connects to a port of this machine.
    public RawHttp(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// Speaks over a connection that is open.
    public RawHttp(Socket open) throws IOException {
        socket = open;
        socket.setSoTimeout(READ_MILLIS_MAX);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Sends a request and reads one whole answer.
    public Exchange exchange(byte[] request) throws IOException {
        send(request);
        return receive(request);
    }

    /// Sends bytes and reads nothing.
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// Reads on until `wanted` has come; returns everything read, a character a byte.
    public String until(String wanted) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(wanted) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection closed before `" + wanted + "`");
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /// Reads one answer. A body of an event stream ends with its last chunk.
    public Exchange receive(byte[] sent) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        String statusLine = line(raw);
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an HTTP answer");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(raw); !header.isEmpty(); header = line(raw)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        byte[] body = body(headers, status, raw);
        return new Exchange(
                new String(sent, StandardCharsets.ISO_8859_1),
                raw.toString(StandardCharsets.ISO_8859_1),
                status,
                headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, String> headers, int status, ByteArrayOutputStream raw) throws IOException {
        if (status == 204 || status == 304 || status == 100) {
            return new byte[0];
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks(raw);
        }
        String length = headers.get("content-length");
        return length == null ? rest(raw) : exactly(Integer.parseInt(length), raw);
    }

    private byte[] chunks(ByteArrayOutputStream raw) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(raw).strip(), 16);
            body.writeBytes(exactly(length, raw));
            line(raw);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int length, ByteArrayOutputStream raw) throws IOException {
        byte[] bytes = in.readNBytes(length);
        raw.writeBytes(bytes);
        if (bytes.length < length) {
            throw new EOFException("the answer ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private byte[] rest(ByteArrayOutputStream raw) throws IOException {
        byte[] bytes = in.readAllBytes();
        raw.writeBytes(bytes);
        return bytes;
    }

    private String line(ByteArrayOutputStream raw) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection closed");
            }
            raw.write(next);
            line.write(next);
        }
        raw.write('\n');
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

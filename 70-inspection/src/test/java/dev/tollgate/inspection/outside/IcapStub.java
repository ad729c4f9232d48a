// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/// An ICAP server on loopback that takes requests apart as RFC 3507 §4 writes them and notes the first thing that is
/// wrong.
final class IcapStub implements AutoCloseable {
    private final ServerSocket server;
    private final UnaryOperator<String> answer;
    private final boolean hangs;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String problem = "";
    private volatile String body = "";

    IcapStub(UnaryOperator<String> answer) {
        this(answer, false);
    }

    private IcapStub(UnaryOperator<String> answer, boolean hangs) {
        this.answer = answer;
        this.hangs = hangs;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /// Takes the connection and neither reads nor answers.
    static IcapStub hanging() {
        return new IcapStub(body -> body, true);
    }

    URI url() {
        return URI.create("icap://127.0.0.1:" + server.getLocalPort() + "/dlp");
    }

    String problem() {
        return problem;
    }

    String body() {
        return body;
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            if (hangs) {
                closed.await();
                return;
            }
            body = read(new BufferedInputStream(socket.getInputStream()));
            socket.getOutputStream().write(answer.apply(body).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException broken) {
            problem = problem.isEmpty() ? String.valueOf(broken.getMessage()) : problem;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        expect(first.length == 3 && first[0].equals("REQMOD") && first[2].equals("ICAP/1.0"), "the first line");
        expect(first[1].equals(url().toString()), "the address");
        Map<String, String> headers = headers(in);
        expect(headers.getOrDefault("host", "").equals(url().getAuthority()), "the host");
        expect(headers.getOrDefault("allow", "").equals("204"), "allow");
        String encapsulated = headers.getOrDefault("encapsulated", "");
        expect(encapsulated.matches("req-hdr=0, req-body=\\d+"), "encapsulated");
        int length = Integer.parseInt(encapsulated.substring(encapsulated.lastIndexOf('=') + 1));
        String http = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        expect(
                http.endsWith("\r\n\r\n") && http.startsWith("POST http://mail.sink.invalid/ HTTP/1.1\r\n"),
                "the HTTP part");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int chunk = Integer.parseInt(line(in), 16); chunk > 0; chunk = Integer.parseInt(line(in), 16)) {
            whole.write(in.readNBytes(chunk));
            expect(line(in).isEmpty(), "the end of a chunk");
        }
        expect(line(in).isEmpty(), "the end of the body");
        expect(http.contains("Content-Length: " + whole.size() + "\r\n"), "the length of the HTTP body");
        return whole.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the request ends too early");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.US_ASCII);
        if (!text.endsWith("\r")) {
            throw new IOException("a line without a carriage return");
        }
        return text.substring(0, text.length() - 1);
    }

    private static void expect(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("wrong: " + what);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

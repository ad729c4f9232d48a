// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A DLP system behind ICAP (RFC 3507): each message is sent as the body of a request that is to be adapted (`REQMOD`).
/// `204` lets it go; `200` with the same body does too; any other adaptation, such as a block page, is a no. What the
/// system would write instead is never used.
public final class IcapDlp implements DlpCheck {
    private static final Logger LOG = LoggerFactory.getLogger(IcapDlp.class);
    private static final int PORT = 1344;

    /// Headers of ICAP and of the wrapped answer.
    private static final int LINE_BYTES_MAX = 8 * 1024;

    private static final int LINES_MAX = 2_000;
    private static final int NO_CHANGE = 204;
    private static final int CHANGED = 200;
    private static final int HEX = 16;

    private final URI url;
    private final Duration most;

    /// @param url  `icap://host:port/service`
    /// @param most how long it may take in all
    public IcapDlp(URI url, Duration most) {
        this.url = url;
        this.most = most;
    }

    @Override
    public Opinion check(String sink, SequencedMap<String, String> parts) {
        byte[] body = String.join("\r\n\r\n", parts.sequencedValues()).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            FutureTask<Opinion> asked = new FutureTask<>(() -> ask(socket, sink, body));
            Thread.ofVirtual().name("icap").start(asked);
            // closing the socket ends a write or a read that hangs
            return asked.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException failed) {
            LOG.atWarn()
                    .addKeyValue("kind", failed.getClass().getSimpleName())
                    .log("an outside reviewer did not answer");
            return new Opinion.Silent("no answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Opinion.Silent("no answer");
        }
    }

    private Opinion ask(Socket socket, String sink, byte[] body) throws IOException {
        int port = url.getPort() < 0 ? PORT : url.getPort();
        socket.connect(new InetSocketAddress(url.getHost(), port), (int) most.toMillis());
        socket.getOutputStream().write(request(sink, body, port));
        socket.getOutputStream().flush();
        return answer(new Reader(socket.getInputStream()), body);
    }

    private byte[] request(String sink, byte[] body, int port) throws IOException {
        String place = url.getHost() + ":" + port;
        String http = "POST http://" + sink + ".sink.invalid/ HTTP/1.1\r\nHost: " + sink + ".sink.invalid\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: " + body.length + "\r\n\r\n";
        String icap = "REQMOD icap://" + place + url.getRawPath() + " ICAP/1.0\r\nHost: " + place
                + "\r\nUser-Agent: tollgate\r\nAllow: 204\r\nConnection: close\r\nEncapsulated: req-hdr=0, req-body="
                + http.length() + "\r\n\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(icap.getBytes(StandardCharsets.US_ASCII));
        out.write(http.getBytes(StandardCharsets.US_ASCII));
        if (body.length > 0) {
            out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static Opinion answer(Reader in, byte[] body) throws IOException {
        String[] status = in.line().split(" ", 3);
        if (status.length < 2 || !status[0].equals("ICAP/1.0")) {
            return new Opinion.Silent("no ICAP answer");
        }
        int code = Integer.parseInt(status[1]);
        String encapsulated = "";
        for (String line = in.line(); !line.isEmpty(); line = in.line()) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("encapsulated")) {
                encapsulated = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
            }
        }
        if (code == NO_CHANGE) {
            return new Opinion.Allows();
        }
        if (code != CHANGED) {
            return new Opinion.Silent("status " + code);
        }
        boolean same = encapsulated.startsWith("req-hdr=0, req-body=")
                && adapted(in, body.length)
                        .filter(back -> Arrays.equals(back, body))
                        .isPresent();
        return same ? new Opinion.Allows() : new Opinion.Denies();
    }

    /// The body that came back, as far as it can be the same.
    private static Optional<byte[]> adapted(Reader in, int length) throws IOException {
        while (!in.line().isEmpty()) {
            // headers of the wrapped request
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() <= length) {
            String size = in.line();
            int semicolon = size.indexOf(';');
            int chunk = Integer.parseInt((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), HEX);
            if (chunk == 0) {
                return Optional.of(body.toByteArray());
            }
            if (chunk < 0 || chunk > length) {
                return Optional.empty();
            }
            body.write(in.bytes(chunk));
            in.line();
        }
        return Optional.empty();
    }

    /// Reads lines and bytes, within limits.
    private static final class Reader {
        private final InputStream in;
        private int lines;

        Reader(InputStream in) {
            this.in = new BufferedInputStream(in);
        }

        String line() throws IOException {
            if (++lines > LINES_MAX) {
                throw new IOException("too many lines");
            }
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0 || line.size() >= LINE_BYTES_MAX) {
                    throw new IOException("a line ends too early or is too long");
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        byte[] bytes(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new IOException("the answer ends too early");
            }
            return bytes;
        }
    }
}

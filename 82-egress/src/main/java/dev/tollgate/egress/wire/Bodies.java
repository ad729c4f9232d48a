// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Passes a body on, as its framing says, and not a byte further. What is framed in pieces is framed anew.
public final class Bodies {
    private static final int BUFFER_BYTES = 16 * 1024;

    /// A size with its extensions; trailers are as short. Nobody needs more, and it is read before it is understood.
    private static final int LINE_BYTES_MAX = 512;

    private static final int TRAILERS_MAX = 32;
    private static final Pattern SIZE = Pattern.compile("[0-9A-Fa-f]{1,12}");

    private Bodies() {}

    /// A body that ends too early, or says two things.
    public static final class BrokenBody extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenBody(String message) {
            super(message);
        }
    }

    /// Passes a body on.
    ///
    /// @throws BrokenBody  when it is not as it was announced
    /// @throws IOException when either side goes
    public static void pass(Framing framing, InputStream in, OutputStream out) throws IOException {
        switch (framing) {
            case Framing.None _ -> {}
            case Framing.Length length -> exactly(length.bytes(), in, out);
            case Framing.Chunked _ -> pieces(in, out);
            case Framing.UntilEnd _ -> in.transferTo(out);
            case Framing.Unclear unclear -> throw new BrokenBody(unclear.why());
        }
        out.flush();
    }

    private static void exactly(long bytes, InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new BrokenBody("the body is shorter than announced");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void pieces(InputStream in, OutputStream out) throws IOException {
        long size = size(in);
        while (size > 0) {
            out.write((Long.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            exactly(size, in, out);
            if (!line(in).isEmpty()) {
                throw new BrokenBody("a piece is longer than announced");
            }
            out.write(new byte[] {'\r', '\n'});
            size = size(in);
        }
        for (int trailers = 0; !line(in).isEmpty(); trailers++) {
            if (trailers >= TRAILERS_MAX) {
                throw new BrokenBody("too many trailers");
            }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static long size(InputStream in) throws IOException {
        String size = line(in).split(";", 2)[0];
        if (!SIZE.matcher(size).matches()) {
            throw new BrokenBody("a piece begins with its size");
        }
        return Long.parseLong(size, 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < ' ' || line.length() >= LINE_BYTES_MAX) {
                throw new BrokenBody("a line of a body ends in CR LF");
            }
            line.append((char) next);
        }
        if (in.read() != '\n') {
            throw new BrokenBody("a line of a body ends in CR LF");
        }
        return line.toString();
    }
}

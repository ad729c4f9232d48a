// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The first words of a TLS client (RFC 8446 §4.1.2): which server it wants to talk to, and the bytes themselves, to be
/// passed on as they are.
public final class Hello {
    /// A hello with post-quantum keys and tickets has about 3 KB.
    private static final int BYTES_MAX = 16 * 1024;

    private static final int HANDSHAKE = 22;
    private static final int MAJOR = 3;
    private static final int RECORD_HEAD = 5;
    private static final int MESSAGE_HEAD = 4;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int ENCRYPTED_HELLO = 0xfe0d;

    private final byte[] bytes;
    private final Optional<String> server;

    private Hello(byte[] bytes, Optional<String> server) {
        this.bytes = bytes;
        this.server = server;
    }

    /// What stands for a server's name in a hello that says two.
    private static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Reads a hello; nothing when the bytes are none, or hide or double the name of the server.
    public static Optional<Hello> read(InputStream in) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int wanted = MESSAGE_HEAD;
        while (message.size() < wanted) {
            byte[] head = in.readNBytes(RECORD_HEAD);
            if (head.length < RECORD_HEAD || head[0] != HANDSHAKE || head[1] != MAJOR) {
                return Optional.empty();
            }
            int length = ByteBuffer.wrap(head).getShort(RECORD_HEAD - 2) & 0xffff;
            if (length == 0 || raw.size() + length > BYTES_MAX) {
                return Optional.empty();
            }
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                return Optional.empty();
            }
            raw.writeBytes(head);
            raw.writeBytes(payload);
            message.writeBytes(payload);
            if (message.size() >= MESSAGE_HEAD) {
                int first = ByteBuffer.wrap(message.toByteArray()).getInt();
                if (first >>> 24 != CLIENT_HELLO || (first & 0xffffff) > BYTES_MAX) {
                    return Optional.empty();
                }
                wanted = MESSAGE_HEAD + (first & 0xffffff);
            }
        }
        if (message.size() != wanted) {
            return Optional.empty();
        }
        try {
            Optional<String> server =
                    server(ByteBuffer.wrap(message.toByteArray()).position(MESSAGE_HEAD));
            return Optional.of(new Hello(raw.toByteArray(), server));
        } catch (BufferUnderflowException | Unclear | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> server(ByteBuffer hello) {
        hello.position(hello.position() + VERSION_AND_RANDOM);
        skip(hello, hello.get() & 0xff);
        skip(hello, hello.getShort() & 0xffff);
        skip(hello, hello.get() & 0xff);
        Optional<String> found = Optional.empty();
        if (!hello.hasRemaining()) {
            return found;
        }
        ByteBuffer extensions = part(hello);
        while (extensions.hasRemaining()) {
            int type = extensions.getShort() & 0xffff;
            ByteBuffer extension = part(extensions);
            if (type == ENCRYPTED_HELLO || (type == SERVER_NAME && found.isPresent())) {
                throw new Unclear();
            }
            if (type == SERVER_NAME) {
                found = Optional.of(name(extension));
            }
        }
        return found;
    }

    private static String name(ByteBuffer extension) {
        ByteBuffer names = part(extension);
        if (names.get() != 0) {
            throw new Unclear();
        }
        byte[] name = new byte[names.getShort() & 0xffff];
        names.get(name);
        if (names.hasRemaining() || extension.hasRemaining() || name.length == 0) {
            throw new Unclear();
        }
        return new String(name, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private static ByteBuffer part(ByteBuffer from) {
        int length = from.getShort() & 0xffff;
        ByteBuffer part = from.slice(from.position(), Math.min(length, from.remaining()));
        skip(from, length);
        return part;
    }

    private static void skip(ByteBuffer from, int bytes) {
        if (bytes > from.remaining()) {
            throw new BufferUnderflowException();
        }
        from.position(from.position() + bytes);
    }

    /// The server's name, lower-case; nothing when the client names none.
    public Optional<String> server() {
        return server;
    }

    /// The bytes as they came.
    public byte[] bytes() {
        return bytes.clone();
    }
}

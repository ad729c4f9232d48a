// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.terms.RequestId;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One connection of a runtime, and the one that was made for it. Safe for many threads; whoever ends it first says
/// why.
final class Link {
    /// Why a connection ended. Closed.
    enum End {
        /// Both sides were done.
        CLOSED,
        /// A side went away in the middle.
        BROKEN,
        /// What it wants did not come in time.
        LATE,
        /// Nobody said anything for too long.
        IDLE,
        /// The token's time is over.
        EXPIRED,
        /// A kill switch is on.
        HALTED,
        /// Another bundle is in force, which does not permit it.
        POLICY,
        /// More bytes than one connection may carry.
        BYTES,
        /// The first words inside the tunnel are for another server.
        SERVER_NAME,
        /// The proxy stops.
        STOPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// A body that a client was sending when it was refused; a longer one is cut off.
    private static final long FAREWELL_BYTES_MAX = 1 << 20;

    private static final int FAREWELL_MILLIS_MAX = 1_000;

    private final Socket client;
    private final RequestId id;
    private final Instant began;
    private final InstantSource clock;
    private final long bytesMax;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private volatile Instant active;
    private volatile Optional<Permit> permit = Optional.empty();
    private volatile boolean carrying;
    private @Nullable Socket upstream;

    Link(Socket client, RequestId id, InstantSource clock, long bytesMax) {
        this.client = client;
        this.id = id;
        this.clock = clock;
        this.began = clock.instant();
        this.active = began;
        this.bytesMax = bytesMax;
    }

    Socket client() {
        return client;
    }

    RequestId id() {
        return id;
    }

    Instant began() {
        return began;
    }

    /// When something went through last.
    Instant active() {
        return active;
    }

    Optional<Permit> permit() {
        return permit;
    }

    void permitted(Permit given) {
        permit = Optional.of(given);
    }

    /// Whether the client has said all that it must say in time.
    boolean carrying() {
        return carrying;
    }

    void carries() {
        active = clock.instant();
        carrying = true;
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    /// Why it ended, once it has.
    Optional<End> ended() {
        return Optional.ofNullable(end.get());
    }

    /// The socket that is about to be connected; it ends with the link.
    synchronized Socket outward() throws IOException {
        if (end.get() != null) {
            throw new IOException("the connection has ended");
        }
        Socket made = new Socket(java.net.Proxy.NO_PROXY);
        close(upstream);
        upstream = made;
        return made;
    }

    /// Says a last thing to the client. What it still sends is read and forgotten for a moment: a connection that is
    /// closed with bytes unread takes back what was just said.
    void tell(byte[] last) throws IOException {
        client.getOutputStream().write(last);
        client.shutdownOutput();
        client.setSoTimeout(FAREWELL_MILLIS_MAX);
        try {
            client.getInputStream().skipNBytes(FAREWELL_BYTES_MAX);
        } catch (EOFException | SocketTimeoutException _) {
            // It has heard, or does not listen.
        }
    }

    /// Ends both connections. Only the first reason counts.
    void end(End why) {
        end.compareAndSet(null, why);
        synchronized (this) {
            close(upstream);
        }
        close(client);
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException _) {
            // It is gone, which is what was wanted.
        }
    }

    /// Counts what goes out to the place outside.
    OutputStream sending(OutputStream out) {
        return new Counted(out, sent);
    }

    /// Counts what comes back.
    OutputStream receiving(OutputStream out) {
        return new Counted(out, received);
    }

    private final class Counted extends FilterOutputStream {
        private final AtomicLong count;

        Counted(OutputStream out, AtomicLong count) {
            super(out);
            this.count = count;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (sent.get() + received.get() + length > bytesMax) {
                end(End.BYTES);
                throw new IOException("more bytes than one connection may carry");
            }
            active = clock.instant();
            out.write(bytes, from, length);
            count.addAndGet(length);
        }
    }
}

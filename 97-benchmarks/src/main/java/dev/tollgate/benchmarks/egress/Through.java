// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.egress;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// A way to the sink.
///
/// @param name  for the table
/// @param port  of the proxy
/// @param host  what it is asked for
/// @param token what it is shown; may be empty
public record Through(String name, int port, String host, String token) {
    /// What Java's own TLS says first to `sink.test`.
    static final byte[] HELLO = hello();

    private static final int BUFFER_BYTES = 64 * 1024;

    /// Connections a second, each with a hello and one byte back.
    public double connections(int sink, int atOnce, Duration length) {
        AtomicLong done = new AtomicLong();
        long began = System.nanoTime();
        run(atOnce, () -> {
            while (System.nanoTime() - began < length.toNanos()) {
                done.addAndGet(fetch(sink, 1));
            }
            return 0;
        });
        return done.get() * 1e9 / (System.nanoTime() - began);
    }

    /// Bytes a second through some tunnels at once.
    public double bytes(int sink, int tunnels, long bytes) {
        long began = System.nanoTime();
        long got = run(tunnels, () -> fetch(sink, bytes));
        return got * 1e9 / (System.nanoTime() - began);
    }

    private static long run(int times, LongSupplier work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> all = IntStream.range(0, times)
                    .mapToObj(_ -> threads.submit(work::getAsLong))
                    .toList();
            long sum = 0;
            for (Future<Long> one : all) {
                sum += one.get();
            }
            return sum;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private long fetch(int sink, long bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            String place = host + ":" + sink;
            String auth = token.isEmpty() ? "" : "Proxy-Authorization: Bearer " + token + "\r\n";
            socket.getOutputStream()
                    .write(("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n" + auth + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            open(in);
            DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
            out.write(HELLO);
            out.writeLong(bytes);
            out.flush();
            return read(in, bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static long read(InputStream in, long bytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long got = 0;
        for (int read = in.read(buffer); read >= 0 && got < bytes; read = got < bytes ? in.read(buffer) : -1) {
            got += read;
        }
        if (got != bytes) {
            throw new IOException("got " + got + " of " + bytes + " bytes");
        }
        return got;
    }

    private static void open(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no tunnel: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 200")) {
            throw new IOException("no tunnel: " + head);
        }
    }

    private static byte[] hello() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("sink.test")));
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (NoSuchAlgorithmException | SSLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}

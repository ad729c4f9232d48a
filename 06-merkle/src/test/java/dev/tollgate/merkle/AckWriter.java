// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import dev.tollgate.terms.SigningKey;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A process that appends and says `ack <index>` on standard output for each acknowledged entry, until
/// it is killed or has said enough. With `planted` as its fourth argument its disk forces nothing: the
/// tests must notice.
final class AckWriter {
    private AckWriter() {}

    /// Arguments: folder of the log, file of the key, entries a writer, `honest` or `planted`, writers.
    public static void main(String[] args) throws Exception {
        SigningKey key = key(Path.of(args[1]));
        int entries = Integer.parseInt(args[2]);
        int writers = Integer.parseInt(args[4]);
        Disk disk = args[3].equals("planted") ? new NoForceDisk() : new OsDisk();
        LogOptions options = new LogOptions(1 << 20, Duration.ZERO, Duration.ofMillis(50), List.of());
        // Closed from the last to the first: the writers end before the console and the log do.
        try (TransparencyLog log = TransparencyLog.open(
                        disk, Path.of(args[0]), key, TestKeys.ORIGIN, InstantSource.system(), options);
                FileOutputStream console = new FileOutputStream(FileDescriptor.out);
                ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int writer = 0; writer < writers; writer++) {
                threads.execute(() -> append(log, entries, console));
            }
        }
    }

    private static void append(TransparencyLog log, int entries, FileOutputStream console) {
        for (int at = 0; at < entries; at++) {
            byte[] entry = ("entry " + at + " " + "x".repeat(at % 900)).getBytes(StandardCharsets.UTF_8);
            long index = log.append(entry).index();
            try {
                // One system call a line, so that a trace of the process shows it as it is.
                console.write(("ack " + index + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    static void store(SigningKey key, Path file) throws IOException {
        Files.write(file, key.pair().getPrivate().getEncoded());
        Files.write(Path.of(file + ".pub"), key.pair().getPublic().getEncoded());
    }

    private static SigningKey key(Path file) throws IOException, GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        KeyPair pair = new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(Path.of(file + ".pub")))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file))));
        return new SigningKey("log-test", pair, factory.getProvider());
    }

    /// The planted fault: everything is written, nothing is forced.
    private static final class NoForceDisk extends OsDisk {
        @Override
        public Volume open(Path file) throws IOException {
            return new NoForceVolume(super.open(file));
        }
    }

    private record NoForceVolume(Disk.Volume real) implements Disk.Volume {
        @Override
        public void write(java.nio.ByteBuffer from, long position) throws IOException {
            real.write(from, position);
        }

        @Override
        public void read(java.nio.ByteBuffer into, long position) throws IOException {
            real.read(into, position);
        }

        @Override
        public void force(boolean metadata) {
            // That is the fault.
        }

        @Override
        public long length() throws IOException {
            return real.length();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}

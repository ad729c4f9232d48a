// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.merkle.LogOptions;
import dev.tollgate.merkle.TransparencyLog;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SigningKey;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Durable appends of 1 KB entries, each acknowledged after the disk has it: the transparency log with
/// a signed checkpoint in every batch, beside the same entries as rows of the store (SQLite, WAL,
/// synchronous=FULL, group commit). Closed loop of virtual threads; engines take turns; medians of the
/// rounds. The wall clock suffers from neighbours, the CPU time of an entry hardly does.
///
/// Arguments: folder on the disk to be measured, rounds, seconds a round.
public final class LogBench {
    private static final int ENTRY_BYTES = 1_024;
    private static final int[] WRITERS = {1, 16, 256};
    private static final int SAMPLES_MAX = 4_000_000;

    private LogBench() {}

    /// Runs the benchmark.
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        Duration length = Duration.ofSeconds(Integer.parseInt(args[2]));
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            Provider fast = CryptoProviders.best();
            out.println("signatures: " + fast.getName() + ", rounds: " + rounds + " of " + length.toSeconds() + " s");
            out.println("engine\twriters\tentries/s\tp50 ms\tp99 ms\tCPU us/entry");
            Map<String, List<Measured>> all = new LinkedHashMap<>();
            // The first round warms up and is not counted.
            for (int round = 0; round <= rounds; round++) {
                for (int writers : WRITERS) {
                    for (Engine engine : Engine.values()) {
                        Measured measured = measure(engine, folder, fast, writers, length);
                        if (round > 0) {
                            all.computeIfAbsent(engine.label + "\t" + writers, _ -> new ArrayList<>())
                                    .add(measured);
                        }
                    }
                }
            }
            all.forEach((name, measured) -> out.println(name + "\t" + median(measured)));
        }
    }

    private enum Engine {
        LOG("log, checkpoint in each batch"),
        SQLITE("SQLite, group commit");

        private final String label;

        Engine(String label) {
            this.label = label;
        }
    }

    /// What is measured: returns when the entry is durable.
    private interface Append {
        void append(byte[] entry);
    }

    private static Measured measure(Engine engine, Path folder, Provider fast, int writers, Duration length)
            throws IOException, GeneralSecurityException {
        Path own = Files.createTempDirectory(folder, "bench");
        try {
            return switch (engine) {
                case LOG -> {
                    KeyPairGenerator keys = KeyPairGenerator.getInstance("Ed25519");
                    SigningKey key = new SigningKey("bench", keys.generateKeyPair(), fast);
                    LogOptions options = LogOptions.suiting(key);
                    LogOptions everyBatch = new LogOptions(
                            options.segmentBytes(), Duration.ZERO, options.publishEvery(), options.retired());
                    try (TransparencyLog log =
                            TransparencyLog.open(own, key, "bench.test/log", InstantSource.system(), everyBatch)) {
                        yield drive(log::append, writers, length);
                    }
                }
                case SQLITE -> {
                    try (Store store = Stores.open(StoreConfig.sqlite(own.resolve("bench.db")))) {
                        store.write(session -> session.update("create table entry (at integer primary key, b blob)"));
                        yield drive(
                                entry -> store.write(
                                        session -> session.update("insert into entry (b) values (?)", entry)),
                                writers,
                                length);
                    }
                }
            };
        } finally {
            delete(own);
        }
    }

    private static Measured drive(Append append, int writers, Duration length) {
        long[] samples = new long[SAMPLES_MAX];
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
        long cpuBefore = cpuNanos();
        long begin = System.nanoTime();
        long end = begin + length.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                byte[] entry = new byte[ENTRY_BYTES];
                Arrays.fill(entry, (byte) writer);
                running.add(threads.submit(() -> {
                    long now = System.nanoTime();
                    while (now < end) {
                        append.append(entry);
                        long done = System.nanoTime();
                        int place = next.getAndIncrement();
                        if (place < SAMPLES_MAX) {
                            samples[place] = done - now;
                        }
                        now = done;
                    }
                }));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
            throw new IllegalStateException("a writer failed", failed);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        int count = Math.min(SAMPLES_MAX, next.get());
        Arrays.sort(samples, 0, count);
        return new Measured(
                next.get() / seconds,
                samples[count / 2] / 1e6,
                samples[(int) (count * 0.99)] / 1e6,
                (cpuNanos() - cpuBefore) / 1e3 / next.get());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private record Measured(double perSecond, double p50Millis, double p99Millis, double cpuMicros) {}

    private static String median(List<Measured> rounds) {
        List<Measured> sorted = rounds.stream()
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .toList();
        Measured middle = sorted.get(sorted.size() / 2);
        return String.format(
                "%,.0f\t%.2f\t%.2f\t%.1f",
                middle.perSecond(), middle.p50Millis(), middle.p99Millis(), middle.cpuMicros());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}

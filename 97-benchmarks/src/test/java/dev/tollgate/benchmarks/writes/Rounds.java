// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.writes;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Closed loops of virtual threads.
public final class Rounds {
    private static final int SAMPLES_MAX = 200_000;

    /// What an agent waits that was refused.
    private static final long PAUSE_NANOS = 20_000_000;

    private Rounds() {}

    /// What one worker does over and over.
    public interface Work extends AutoCloseable {
        /// Once.
        ///
        /// @param turn how often it was done before
        void run(int turn) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /// Makes the work of a worker.
    public interface Worker {
        /// Begins the work of one worker.
        ///
        /// @param number from 0
        Work start(int number) throws Exception;
    }

    /// A call was refused, and nothing was done: a busy node that cannot read its kill switch in time stops calls until
    /// it can. It counts for itself, and as no call.
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        /// @param why what the gateway answered
        public Refused(String why) {
            super(why);
        }
    }

    /// What one worker measured.
    private static final class Measured {
        private final long[] took;
        private final int refused;

        Measured(long[] took, int refused) {
            this.took = took;
            this.refused = refused;
        }
    }

    /// One round.
    ///
    /// @param refused   calls that were refused
    /// @param perSecond how often it was done in a second, by all
    /// @param p50Millis median of the time that it took once
    /// @param p99Millis the 99th percentile
    /// @param cpuMicros CPU time of this process once: gateway, store where it is embedded, and agents
    public record Result(double perSecond, double p50Millis, double p99Millis, double cpuMicros, int refused) {}

    /// Runs `workers` loops for `length`.
    public static Result run(int workers, Duration length, Worker worker) throws InterruptedException {
        List<Future<Measured>> running = new ArrayList<>();
        long cpuBefore = cpuNanos();
        long began = System.nanoTime();
        long end = began + length.toNanos();
        List<Measured> samples = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < workers; number++) {
                int mine = number;
                running.add(threads.submit(() -> loop(worker, mine, end)));
            }
            for (Future<Measured> one : running) {
                samples.add(one.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a worker failed", failed.getCause());
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] all = samples.stream()
                .flatMapToLong(one -> Arrays.stream(one.took))
                .sorted()
                .toArray();
        return new Result(
                all.length / seconds,
                all.length == 0 ? Double.NaN : all[all.length / 2] / 1e6,
                all.length == 0 ? Double.NaN : all[(int) (all.length * 0.99)] / 1e6,
                (cpuNanos() - cpuBefore) / 1e3 / all.length,
                samples.stream().mapToInt(one -> one.refused).sum());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static Measured loop(Worker worker, int number, long end) throws Exception {
        long[] took = new long[SAMPLES_MAX];
        int count = 0;
        int refused = 0;
        try (Work work = worker.start(number)) {
            for (long now = System.nanoTime(); now < end && count < SAMPLES_MAX; ) {
                try {
                    work.run(count);
                    long after = System.nanoTime();
                    took[count++] = after - now;
                    now = after;
                } catch (Refused _) {
                    refused++;
                    LockSupport.parkNanos(PAUSE_NANOS);
                    now = System.nanoTime();
                }
            }
        }
        return new Measured(Arrays.copyOf(took, count), refused);
    }

    /// The round in the middle, by rate.
    public static Result median(List<Result> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Result::perSecond))
                .toList()
                .get(rounds.size() / 2);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/// Drives one server in a closed loop and reports rate, latency and the CPU time that the server's process spent a
/// call.
public final class Load {
    private Load() {}

    /// One round.
    ///
    /// @param perSecond   answered calls a second
    /// @param p50Micros   median latency
    /// @param p99Micros   99th percentile of the latency
    /// @param cpuMicros   CPU time of the server's process a call; NaN when no process was named
    /// @param calls       answered calls
    public record Result(double perSecond, double p50Micros, double p99Micros, double cpuMicros, int calls) {}

    /// Runs `connections` closed loops for `length`.
    ///
    /// @param request the bytes of each request
    /// @param proof   text that each answer must hold
    /// @param pids    processes whose CPU time is the server's
    /// @throws IOException when any call fails or answers anything else
    public static Result run(
            InetSocketAddress server, byte[] request, String proof, int connections, Duration length, long... pids)
            throws IOException, InterruptedException {
        List<long[]> latencies = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(connections + 1);
        List<Thread> threads = new ArrayList<>();
        for (int at = 0; at < connections; at++) {
            threads.add(
                    Thread.ofVirtual().start(() -> loop(server, request, proof, length, start, latencies, failures)));
        }
        await(start);
        double cpuBefore = cpuMicros(pids);
        long began = System.nanoTime();
        for (Thread thread : threads) {
            thread.join();
        }
        double took = (System.nanoTime() - began) / 1e9;
        double cpu = cpuMicros(pids) - cpuBefore;
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(
                all.length / took,
                at(all, 0.50),
                at(all, 0.99),
                pids.length == 0 ? Double.NaN : cpu / all.length,
                all.length);
    }

    private static void loop(
            InetSocketAddress server,
            byte[] request,
            String proof,
            Duration length,
            CyclicBarrier start,
            List<long[]> latencies,
            List<IOException> failures) {
        long[] mine = new long[1 << 18];
        int count = 0;
        boolean begun = false;
        try (Wire wire = new Wire(server)) {
            begun = true;
            await(start);
            long end = System.nanoTime() + length.toNanos();
            for (long now = System.nanoTime(); now < end && count < mine.length; ) {
                Wire.Reply reply = wire.send(request);
                long after = System.nanoTime();
                if (reply.status() != 200 || !reply.text().contains(proof)) {
                    throw new IOException("the server answered " + reply.status() + " " + reply.text());
                }
                mine[count++] = after - now;
                now = after;
            }
        } catch (IOException failed) {
            synchronized (failures) {
                failures.add(failed);
            }
            if (!begun) {
                // The others wait for everyone, be it one that could not connect.
                await(start);
            }
        }
        synchronized (latencies) {
            latencies.add(Arrays.copyOf(mine, count));
        }
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (InterruptedException | BrokenBarrierException broken) {
            throw new IllegalStateException("the round did not start", broken);
        }
    }

    private static double at(long[] sorted, double quantile) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e3;
    }

    /// User and system time of some processes, from /proc, in microseconds; ticks are 10 ms.
    static double cpuMicros(long... pids) throws IOException {
        double ticks = 0;
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        }
        return ticks * 10_000;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.benchmarks.cedar.Contest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/// The operations of `Contest` in CPU time of the calling thread, medians of interleaved rounds: on a machine that is
/// shared, wall time measures the neighbours. The cached native call runs in the calling thread, so it is counted.
public final class CedarBench {
    private static final int[] SIZES = {10, 100, 1_000};
    private static final int WARM_UP_ROUNDS = 4;
    private static final long ROUND_NANOS = 200_000_000;
    private static final int BATCH_MAX = 256;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CedarBench() {}

    /// Prints microseconds for each operation and size, and how many times as long the peers take. Argument: rounds.
    public static void main(String[] arguments) {
        int rounds = arguments.length == 0 ? 11 : Integer.parseInt(arguments[0]);
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println("operation\tpolicies\tCPU us\ttimes tollgate's");
            int sink = 0;
            for (int policies : SIZES) {
                Contest bench = new Contest(policies);
                Map<String, double[]> micros = new LinkedHashMap<>();
                for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                    for (Map.Entry<String, IntSupplier> operation :
                            bench.operations().entrySet()) {
                        double[] took = new double[1];
                        sink += round(operation.getValue(), took);
                        if (round >= 0) {
                            micros.computeIfAbsent(operation.getKey(), _ -> new double[rounds])[round] = took[0];
                        }
                    }
                }
                print(out, policies, micros);
            }
            out.println("(" + sink + " allowed)");
        }
    }

    private static void print(PrintWriter out, int policies, Map<String, double[]> micros) {
        double ours = 1;
        for (Map.Entry<String, double[]> operation : micros.entrySet()) {
            double[] took = operation.getValue();
            Arrays.sort(took);
            double median = took[took.length / 2];
            ours = operation.getKey().endsWith("tollgate") ? median : ours;
            out.println(String.format("%s\t%d\t%.3f\t%.1f", operation.getKey(), policies, median, median / ours));
        }
    }

    private static int round(IntSupplier operation, double[] micros) {
        long start = THREADS.getCurrentThreadCpuTime();
        long now = start;
        long done = 0;
        int sink = 0;
        int batch = 1;
        while (now - start < ROUND_NANOS) {
            for (int at = 0; at < batch; at++) {
                sink += operation.getAsInt();
            }
            done += batch;
            batch = Math.min(BATCH_MAX, batch * 2);
            now = THREADS.getCurrentThreadCpuTime();
        }
        micros[0] = (now - start) / 1e3 / done;
        return sink;
    }
}

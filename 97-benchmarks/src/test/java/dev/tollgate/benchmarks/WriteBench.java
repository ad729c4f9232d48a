// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.benchmarks.writes.House;
import dev.tollgate.benchmarks.writes.Parts;
import dev.tollgate.benchmarks.writes.Rounds;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Changes of one field by agents over MCP, end to end: decided, journalled, logged and made in the demo CRM, with
/// all budgets lifted and with budgets counted, beside the same update by somebody who writes into the same store.
/// And what the journal, a budget and a look for an approval take by themselves. Gateway, store and agents are one
/// process; each agent has a deal of its own; all take turns; medians of the rounds.
///
/// What is refused, as when a node cannot read its kill switch in time, is counted beside; a budget is
/// taken in batches, so most calls from it do not touch the store.
///
/// Arguments: folder on the disk to be measured, rounds, seconds a round.
public final class WriteBench {
    private static final int[] AGENTS = {1, 8, 32};

    /// Before anything is counted: a call is a long way, and takes thousands of times until it is compiled.
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private static final Path BUNDLE = Path.of("90-app/src/main/resources/bundles/default");

    /// The largest limits that a bundle can name; changes a minute alone are not counted, since 100 a second is less
    /// than is measured.
    private static final String COUNTED = """
            budgets:
              - agents: '*'
                calls_per_minute: 60000
                calls_per_case_and_hour: 1000000
                writes_per_minute: unlimited
                writes_per_hour: 360000
                writes_per_record_and_day: 10000
                customers_per_day: 100000
                records_in_2_minutes: 10000
                bytes_per_day: {'*': 100000000000}
                loops: unlimited
                because: a benchmark writes faster than any agent
            """;

    private WriteBench() {}

    /// Prints a table a store.
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "writes");
        int rounds = Integer.parseInt(arguments[1]);
        Duration length = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            Path lifted = bundle(folder.resolve("lifted"), CallBench.LIFTED);
            Path counted = bundle(folder.resolve("counted"), COUNTED);
            out.println("store\twhat\tagents\tper second\tp50 ms\tp99 ms\tCPU us\trate of bare writes\trefused");
            try (House one = House.sqlite(folder.resolve("one"), lifted);
                    House two = House.sqlite(folder.resolve("two"), counted)) {
                measure("SQLite", one, two, rounds, length, out);
            }
            try (EmbeddedPostgres first = EmbeddedPostgres.builder().start();
                    EmbeddedPostgres second = EmbeddedPostgres.builder().start();
                    House one = House.postgres(folder.resolve("three"), lifted, first.getPort(), first.getPort());
                    House two = House.postgres(folder.resolve("four"), counted, second.getPort(), second.getPort())) {
                measure("PostgreSQL", one, two, rounds, length, out);
            }
        } finally {
            CallBench.delete(folder);
        }
    }

    private static Path bundle(Path to, String budgets) throws IOException {
        CallBench.bundle(BUNDLE.toAbsolutePath(), to);
        Files.writeString(to.resolve("budgets.yaml"), budgets);
        return to;
    }

    private static void measure(String label, House lifted, House counted, int rounds, Duration length, PrintWriter out)
            throws InterruptedException {
        List<String> deals = lifted.deals(AGENTS[AGENTS.length - 1]);
        List<String> same = counted.deals(AGENTS[AGENTS.length - 1]);
        Parts parts = new Parts(lifted.store());
        Map<String, Rounds.Worker> contenders = new LinkedHashMap<>();
        contenders.put("bare writes", number -> lifted.bare(deals.get(number)));
        contenders.put("governed, budgets lifted", number -> lifted.agent(deals.get(number)));
        contenders.put("governed, budgets counted", number -> counted.agent(same.get(number)));
        contenders.put("only the journal, before and after", number -> parts.journal(deals.get(number)));
        contenders.put("only a budget of calls", _ -> parts.budget());
        contenders.put("only the look for an approval", number -> parts.approval(deals.get(number)));
        int most = AGENTS[AGENTS.length - 1];
        Rounds.run(most, WARM_UP, number -> lifted.agent(deals.get(number)));
        Rounds.run(most, WARM_UP, number -> counted.agent(same.get(number)));
        for (int agents : AGENTS) {
            Map<String, List<Rounds.Result>> results = new LinkedHashMap<>();
            // The first round warms up and is not counted.
            for (int round = -1; round < rounds; round++) {
                for (Map.Entry<String, Rounds.Worker> contender : contenders.entrySet()) {
                    Rounds.Result result = Rounds.run(agents, length, contender.getValue());
                    if (round >= 0) {
                        results.computeIfAbsent(contender.getKey(), _ -> new ArrayList<>())
                                .add(result);
                    }
                }
            }
            double floor = Rounds.median(results.values().iterator().next()).perSecond();
            results.forEach((what, some) -> out.println(line(label, what, agents, Rounds.median(some), floor)));
        }
    }

    private static String line(String label, String what, int agents, Rounds.Result result, double floor) {
        return String.format(
                "%s\t%s\t%d\t%,.0f\t%.2f\t%.2f\t%.0f\t%.2f\t%d",
                label,
                what,
                agents,
                result.perSecond(),
                result.p50Millis(),
                result.p99Millis(),
                result.cpuMicros(),
                result.perSecond() / floor,
                result.refused());
    }
}

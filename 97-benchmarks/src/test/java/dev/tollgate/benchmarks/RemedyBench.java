// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.benchmarks.writes.House;
import dev.tollgate.benchmarks.writes.Rounds;
import dev.tollgate.connectors.Tap;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.governance.journal.RollbackRun;
import dev.tollgate.governance.journal.Selection;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// What people do when agents went wrong. Rollback: so many scores of 1,600 accounts in the demo CRM on
/// SQLite, taken back by a running gateway, each with its decision, token and entries, beside as many
/// bare updates by as many writers. Kill switch: three nodes on one PostgreSQL, two agents a node that
/// write as fast as they can, one node cut off from the database just before; how long after the switch
/// the last change of each node was answered.
///
/// Arguments: folder on the disk to be measured, changes to take back, rounds.
public final class RemedyBench {
    private static final int WRITERS = 32;
    private static final int AGENTS_A_NODE = 2;
    private static final long POLL_NANOS = 20_000_000;
    private static final long LOAD_NANOS = 3_000_000_000L;
    private static final long AFTER_NANOS = 3_000_000_000L;

    private RemedyBench() {}

    /// Prints both tables.
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "remedies");
        int changes = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            Path bundle = folder.resolve("bundle");
            CallBench.bundle(
                    Path.of("90-app/src/main/resources/bundles/default").toAbsolutePath(), bundle);
            Files.writeString(bundle.resolve("budgets.yaml"), CallBench.LIFTED);
            out.println("round\tchanges\tmade/s\ttaken back/s\tends\tbare updates/s");
            for (int round = 0; round < rounds; round++) {
                try (House house = House.sqlite(folder.resolve("rollback" + round), bundle)) {
                    rollback(house, changes, round, out);
                }
            }
            out.println("round\tnode\tlast change after the switch, ms");
            for (int round = 0; round < rounds; round++) {
                halt(folder.resolve("halt" + round), bundle, round, out);
            }
        } finally {
            CallBench.delete(folder);
        }
    }

    private static void rollback(House house, int changes, int round, PrintWriter out) throws InterruptedException {
        List<List<String>> shares = new ArrayList<>();
        List<String> accounts = house.accounts();
        for (int number = 0; number < WRITERS; number++) {
            int share = accounts.size() / WRITERS;
            shares.add(accounts.subList(number * share, (number + 1) * share));
        }
        double made = timed(changes, number -> house.scorer(shares.get(number)));
        RollbackDesk desk = new RollbackDesk(house.store(), InstantSource.system(), new SecureRandom());
        TenantId tenant = new TenantId("acme");
        Step<String> asked = desk.ask(
                Selection.lastOf(tenant, new AgentId("sales-copilot"), changes),
                true,
                new UserId("olivia"),
                "a benchmark");
        if (!(asked instanceof Step.Passed<String>(String id))) {
            throw new IllegalStateException(asked.toString());
        }
        long began = System.nanoTime();
        RollbackRun run = desk.find(tenant, id).orElseThrow();
        while (run.state() == RollbackRun.State.QUEUED || run.state() == RollbackRun.State.RUNNING) {
            LockSupport.parkNanos(POLL_NANOS);
            run = desk.find(tenant, id).orElseThrow();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double bare = timed(changes, number -> house.bareScorer(shares.get(number)));
        out.println(String.format(
                "%d\t%d\t%,.0f\t%,.0f\t%s\t%,.0f", round, changes, made, changes / seconds, run.ends(), bare));
    }

    /// So many turns by all writers together; how many a second.
    private static double timed(int turns, Rounds.Worker worker) throws InterruptedException {
        AtomicLong left = new AtomicLong(turns);
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < WRITERS; number++) {
                int mine = number;
                running.add(threads.submit(() -> {
                    try (Rounds.Work work = worker.start(mine)) {
                        for (int turn = 0; left.getAndDecrement() > 0; turn++) {
                            work.run(turn);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (java.util.concurrent.ExecutionException failed) {
            throw new IllegalStateException("a writer failed", failed.getCause());
        }
        return turns / ((System.nanoTime() - began) / 1e9);
    }

    private static void halt(Path folder, Path bundle, int round, PrintWriter out) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Tap relay = new Tap(server.getPort());
                House one = House.postgres(folder.resolve("one"), bundle, server.getPort(), server.getPort())) {
            House.shareKeys(one.data(), folder.resolve("two"));
            House.shareKeys(one.data(), folder.resolve("three"));
            try (House two = House.postgres(folder.resolve("two"), bundle, server.getPort(), server.getPort());
                    House three = House.postgres(folder.resolve("three"), bundle, relay.port(), server.getPort())) {
                List<House> nodes = List.of(one, two, three);
                List<AtomicLong> last = new ArrayList<>();
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> agents = new ArrayList<>();
                List<String> deals = one.deals(nodes.size() * AGENTS_A_NODE);
                for (House node : nodes) {
                    AtomicLong answered = new AtomicLong();
                    last.add(answered);
                    for (int at = 0; at < AGENTS_A_NODE; at++) {
                        String deal = deals.get(agents.size());
                        agents.add(Thread.ofVirtual().start(() -> write(node, deal, answered, over)));
                    }
                }
                LockSupport.parkNanos(LOAD_NANOS);
                relay.cut();
                new KillSwitch(one.store(), InstantSource.system(), new SecureRandom(), folder.resolve("no-file"))
                        .set(new HaltScope(HaltScope.Kind.AGENT_TYPE, "sales-copilot"), "olivia", "a benchmark");
                long stopped = System.nanoTime();
                LockSupport.parkNanos(AFTER_NANOS);
                over.set(true);
                for (Thread agent : agents) {
                    agent.join();
                }
                for (int at = 0; at < nodes.size(); at++) {
                    out.println(String.format(
                            "%d\t%s\t%.0f",
                            round,
                            at == 2 ? "cut off" : "node " + (at + 1),
                            (last.get(at).get() - stopped) / 1e6));
                }
            }
        }
    }

    private static void write(House node, String deal, AtomicLong answered, AtomicBoolean over) {
        try (Rounds.Work work = node.agent(deal)) {
            for (int turn = 0; !over.get(); turn++) {
                try {
                    work.run(turn);
                    answered.accumulateAndGet(System.nanoTime(), Math::max);
                } catch (IOException _) {
                    // It is refused: what is measured is when.
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}

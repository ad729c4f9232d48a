// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.LaunchedGateway;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole gateway on SQLite, killed with SIGKILL while agents call it. `make kill-loop` kills it 100 times.
class KillLoopTest {
    private static final int ROUNDS = Integer.getInteger("tollgate.kill.rounds", 3);
    private static final int CALLERS = 3;
    private static final Ask.Token WHO =
            Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read");

    private final RandomGenerator random = Property.random(Long.getLong("tollgate.seed", System.nanoTime()));
    private final List<String> released = new ArrayList<>();
    private final List<String> otherwise = new ArrayList<>();
    private int replays;

    @TempDir
    Path folder;

    @Test
    void a_killed_gateway_loses_no_entry_releases_nothing_unrecorded_and_takes_no_token_twice()
            throws IOException, InterruptedException {
        // Given
        Path data = folder.resolve("data");
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .generous()
                .replace("contracts/demo.yaml", "calls_per_minute: \\d+", "calls_per_minute: 100000");
        Path config = Files.writeString(folder.resolve("kill.yaml"), "bundle: " + bundle.path() + "\n");
        List<Caller> before = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            try (LaunchedGateway gateway =
                    LaunchedGateway.start(data, List.of(), List.of("--config", config.toString()))) {
                replay(gateway, before);

                // When
                before = calling(gateway);
            }

            // Then
            check(data);
        }
        System.out.printf(
                "killed %d times: %d answers released, %d others, %d spent tokens refused again%n",
                ROUNDS, released.size(), otherwise.size(), replays);
        assertThat(released).hasSizeGreaterThan(10 * ROUNDS);
        assertThat(replays).isGreaterThanOrEqualTo(ROUNDS - 1);
    }

    /// Lets agents call until the gateway is killed at some moment.
    private List<Caller> calling(LaunchedGateway gateway) throws InterruptedException {
        List<Caller> callers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 1; number <= CALLERS; number++) {
            Caller caller = new Caller(gateway.agent(WHO), "acc_00000" + number);
            callers.add(caller);
            threads.add(Thread.ofPlatform().start(caller));
        }
        int enough = random.nextInt(20, 90);
        while (callers.stream().mapToInt(Caller::answers).sum() < enough
                && threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(1);
        }
        Thread.sleep(random.nextInt(20));
        gateway.kill();
        for (Thread thread : threads) {
            thread.join();
        }
        for (Caller caller : callers) {
            released.addAll(caller.released());
            otherwise.addAll(caller.otherwise());
        }
        return callers;
    }

    /// A token that bought something buys nothing again; one whose answer was lost buys at most once more.
    private void replay(LaunchedGateway gateway, List<Caller> before) {
        for (Caller caller : before) {
            try (WireClient agent = gateway.agent(WHO)) {
                List<String> last = caller.spent()
                        .subList(
                                Math.max(0, caller.spent().size() - 5),
                                caller.spent().size());
                for (String token : last) {
                    WireClient.Reply again = Caller.spend(agent, caller.id(), token);
                    assertThat(again.passed()).isFalse();
                    assertThat(again.text()).containsAnyOf("it was used before", "it has expired");
                    replays += again.text().contains("it was used before") ? 1 : 0;
                }
                for (String token : caller.inDoubt()) {
                    Caller.spend(agent, caller.id(), token);
                    assertThat(Caller.spend(agent, caller.id(), token).passed()).isFalse();
                }
            }
        }
    }

    private void check(Path data) throws IOException, InterruptedException {
        LaunchedGateway.Ended verify = LaunchedGateway.run("audit", "verify", "--data", data.toString());
        assertThat(verify.exit()).as(verify.out()).isZero();
        Entries entries = new Entries(data);
        assertThat(verify.out()).contains("sound: " + entries.size() + " entries");
        assertThat(released).allMatch(entries::released);
        assertThat(otherwise).allMatch(entries::tells);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.Tap;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes on one PostgreSQL, each with agents that write as fast as they can, and one of them cut off.
class KillSwitchUnderLoadTest {
    private static final int AGENTS_A_NODE = 2;
    private static final int NODES = 3;
    private static final int SEEN_MIN = 5;
    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;

    @TempDir
    private Path folder;

    /// An agent that writes one deal over and over, and what became of it.
    private static final class Writer {
        final AtomicInteger passed = new AtomicInteger();
        final AtomicInteger refusedInARow = new AtomicInteger();
        final AtomicReference<Instant> lastPassed = new AtomicReference<>(Instant.EPOCH);
        private final Thread thread;

        Writer(GatewayUnderTest node, String deal, AtomicBoolean stopped) {
            WireClient agent = node.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                    .with("crm:opportunity:read", "crm:opportunity:write"));
            thread = Thread.ofVirtual().start(() -> {
                for (int at = 0; !stopped.get(); at++) {
                    WireClient.Reply reply = agent.call(
                            "opportunity_update",
                            "{\"id\":\"" + deal + "\",\"values\":{\"agent_suggested_next_step\":\"step " + at + "\"}}");
                    if (reply.passed()) {
                        lastPassed.set(Instant.now());
                        passed.incrementAndGet();
                        refusedInARow.set(0);
                    } else {
                        refusedInARow.incrementAndGet();
                    }
                }
            });
        }

        void end() {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }

    private Configuration node(String name, String url, BundleFolder bundle, EmbeddedPostgres server)
            throws IOException {
        Configuration embedded = GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve(name)), bundle);
        return Kept.on(url, Kept.on(server, embedded));
    }

    /// Nodes of one deployment sign and verify with the same keys.
    private static void shareKeys(Path from, Path to) throws IOException {
        try (Stream<Path> keys = Files.walk(from.resolve("keys"))) {
            for (Path key : keys.toList()) {
                Path copy = to.resolve("keys")
                        .resolve(from.resolve("keys").relativize(key).toString());
                Files.copy(key, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void until(List<Writer> writers, java.util.function.Predicate<Writer> met) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            if (writers.stream().allMatch(met)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("the agents never came so far");
    }

    @Test
    @Requirement("B-12")
    void nothing_is_executed_later_than_the_bound_and_the_node_that_is_cut_off_fails_closed() throws IOException {
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .untested()
                .generous()
                .replace("contracts/demo.yaml", "calls_per_minute: \\d+", "calls_per_minute: 100000");
        MovingClock clock = new MovingClock();
        AtomicBoolean stopped = new AtomicBoolean();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Tap cable = new Tap(server.getPort())) {
            Configuration first = node("one", Kept.url(server), bundle, server);
            Configuration second = node("two", Kept.url(server), bundle, server);
            Configuration third =
                    node("three", "jdbc:postgresql://127.0.0.1:" + cable.port() + "/postgres", bundle, server);
            try (GatewayUnderTest one = GatewayUnderTest.start(first, clock)) {
                shareKeys(first.data(), second.data());
                shareKeys(first.data(), third.data());
                try (GatewayUnderTest two = GatewayUnderTest.start(second, clock);
                        GatewayUnderTest three = GatewayUnderTest.start(third, clock);
                        Store store = Stores.open(
                                StoreConfig.postgres(Kept.url(server), "postgres", SecretValue.of("postgres")))) {
                    // Given
                    List<String> deals = new Human(store).deals("usr_001", NODES * AGENTS_A_NODE);
                    List<Writer> writers = new ArrayList<>();
                    for (GatewayUnderTest node : List.of(one, two, three)) {
                        for (int at = 0; at < AGENTS_A_NODE; at++) {
                            writers.add(new Writer(node, deals.get(writers.size()), stopped));
                        }
                    }
                    until(writers, writer -> writer.passed.get() >= SEEN_MIN);

                    // When
                    cable.cut();
                    Instant cut = Instant.now();
                    KillSwitch halts = new KillSwitch(
                            store, InstantSource.system(), Property.random(23), folder.resolve("no-file"));
                    halts.set(new HaltScope(HaltScope.Kind.AGENT_TYPE, "sales-copilot"), "olivia", "they loop");
                    Instant halted = Instant.now();
                    until(writers, writer -> writer.refusedInARow.get() >= 1);
                    stopped.set(true);
                    writers.forEach(Writer::end);

                    // Then
                    Instant lastMade = store.read(
                            session -> session.query("select at from journal_change order by at desc limit 1")
                                    .getFirst()
                                    .instant("at"));
                    assertThat(lastMade).isBefore(halted.plus(KillSwitch.STALE_MAX));
                    assertThat(writers.subList(AGENTS_A_NODE * 2, AGENTS_A_NODE * NODES))
                            .allSatisfy(writer ->
                                    assertThat(writer.lastPassed.get()).isBefore(cut.plus(KillSwitch.STALE_MAX)));
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.governance.journal.RollbackRun;
import dev.tollgate.governance.journal.Selection;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// B-7 through the front door: agents and people write the same deals in any order, and then the agent's
/// task is taken back by a running gateway.
@ParameterizedClass
@EnumSource(Kept.class)
class RollbackInterleavingsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final List<String> FIELDS =
            List.of("agent_suggested_next_step", "probability", "buying_committee_coverage");
    private static final int CASES = 12;
    private static final int DEALS = 3;
    private static final int STEPS_MAX = 14;
    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final Kept kept;

    @TempDir
    private Path folder;

    RollbackInterleavingsTest(Kept kept) {
        this.kept = kept;
    }

    /// One write: by an agent or a person, of a field of a deal.
    private record Act(boolean agent, int deal, String field, int value) {
        static Act any(RandomGenerator random) {
            return new Act(
                    random.nextInt(3) > 0,
                    random.nextInt(DEALS),
                    FIELDS.get(random.nextInt(FIELDS.size())),
                    random.nextInt(1, 100));
        }

        Object held() {
            return field.equals(FIELDS.getFirst()) ? "step " + value : (Object) (long) value;
        }

        String json() {
            return field.equals(FIELDS.getFirst()) ? "\"step " + value + "\"" : Integer.toString(value);
        }
    }

    private static List<Act> acts(RandomGenerator random) {
        List<Act> acts = new ArrayList<>();
        for (int at = random.nextInt(2, STEPS_MAX); at > 0; at--) {
            acts.add(Act.any(random));
        }
        return acts;
    }

    @Test
    @Requirement({"B-7", "S4-21"})
    void every_human_value_stays_every_revertible_one_is_restored_and_the_rest_waits_for_people() throws IOException {
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .untested()
                .generous()
                .replace("contracts/demo.yaml", "calls_per_minute: \\d+", "calls_per_minute: 100000");
        MovingClock clock = new MovingClock();
        try (Kept.Place place = kept.open(folder.resolve("data"), bundle);
                GatewayUnderTest gateway = GatewayUnderTest.start(place.configuration(), clock);
                Store store = place.store()) {
            Human human = new Human(store);
            List<String> deals = human.deals("usr_001", CASES * DEALS);
            RollbackDesk desk = new RollbackDesk(store, clock, Property.random(17));
            ExceptionQueue queue = new ExceptionQueue(store, clock, Property.random(19), QueueLimits.DEFAULT);
            int[] next = {0};
            Property.forAll(CASES, RollbackInterleavingsTest::acts, acts -> {
                int at = next[0]++ % CASES;
                Case one = new Case(
                        gateway,
                        human,
                        desk,
                        queue,
                        deals.subList(at * DEALS, at * DEALS + DEALS),
                        "task-b7-" + next[0]);
                one.holds(acts);
            });
        }
    }

    /// One interleaving, on deals and in a task of its own.
    private record Case(
            GatewayUnderTest gateway,
            Human human,
            RollbackDesk desk,
            ExceptionQueue queue,
            List<String> deals,
            String task) {
        void holds(List<Act> acts) {
            // Given
            Map<String, Map<String, Optional<String>>> expected = new HashMap<>();
            Map<String, Integer> since = new HashMap<>();
            deals.forEach(deal -> expected.put(deal, seen(deal)));
            int stays = 0;
            int agents = 0;
            long told = told();
            try (WireClient agent = gateway.agent(token())) {
                for (Act act : acts) {
                    String deal = deals.get(act.deal());
                    if (act.agent()) {
                        WireClient.Reply reply = agent.call(
                                "opportunity_update",
                                "{\"id\":\"" + deal + "\",\"values\":{\"" + act.field() + "\":" + act.json() + "}}");
                        assertThat(reply.passed()).as(reply.text()).isTrue();
                        since.merge(deal, 1, Integer::sum);
                        agents++;
                    } else {
                        human.writes(deal, act.field(), act.held());
                        // From here on the record is as a person left it: what the agent did before stays.
                        expected.put(deal, seen(deal));
                        stays += Optional.ofNullable(since.put(deal, 0)).orElse(0);
                    }
                }
            }
            if (agents == 0) {
                return;
            }

            // When
            Map<End, Long> first = run();
            Map<String, Map<String, Optional<String>>> held = all();
            Map<String, Long> versions = versions();
            Map<End, Long> second = run();

            // Then
            assertThat(held).isEqualTo(expected);
            assertThat(first.getOrDefault(End.REVERTED, 0L)).isEqualTo(agents - stays);
            assertThat(first.getOrDefault(End.EDITED, 0L)).isEqualTo(stays);
            assertThat(told() - told).isEqualTo(stays);
            assertThat(second.getOrDefault(End.ALREADY, 0L)).isEqualTo(agents - stays);
            assertThat(second.getOrDefault(End.REVERTED, 0L)).isZero();
            assertThat(all()).isEqualTo(held);
            assertThat(versions()).isEqualTo(versions);
        }

        private Ask.Token token() {
            Ask.Token any = Ask.as("sales-copilot", "alice", "maintain-deals")
                    .with("crm:opportunity:read", "crm:opportunity:write");
            return new Ask.Token(
                    any.agent(), any.user(), any.workflow(), "", any.scopes(), task, any.session(), any.life());
        }

        private Map<End, Long> run() {
            Selection which = new Selection(
                    ACME,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new TaskId(task)),
                    Selection.LAST_MAX);
            String id = desk.ask(which, true, new UserId("olivia"), "a test") instanceof Step.Passed<String> passed
                    ? passed.state()
                    : "";
            for (int tries = 0; tries < TRIES_MAX; tries++) {
                RollbackRun run = desk.find(ACME, id).orElseThrow();
                if (run.ended().isPresent()) {
                    assertThat(run.problem()).isEmpty();
                    return run.ends();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            throw new AssertionError("the rollback never ended");
        }

        private long told() {
            return queue.list(ACME, Optional.empty(), Optional.empty(), 200).items().stream()
                    .mapToLong(ExceptionCase::amount)
                    .sum();
        }

        private Map<String, Optional<String>> seen(String deal) {
            Map<String, Optional<String>> seen = new TreeMap<>();
            FIELDS.forEach(field -> seen.put(field, human.sees(deal, field)));
            return seen;
        }

        private Map<String, Map<String, Optional<String>>> all() {
            Map<String, Map<String, Optional<String>>> all = new HashMap<>();
            deals.forEach(deal -> all.put(deal, seen(deal)));
            return all;
        }

        private Map<String, Long> versions() {
            Map<String, Long> versions = new TreeMap<>();
            deals.forEach(deal -> versions.put(deal, human.version(deal)));
            return versions;
        }
    }
}

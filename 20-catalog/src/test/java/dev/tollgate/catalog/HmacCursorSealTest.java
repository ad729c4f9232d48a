// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Property;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacCursorSealTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final PolicyVersion POLICY = new PolicyVersion("sha256:one");
    private static final SecretKey KEY = key(1);

    @Test
    void a_cursor_opens_for_its_own_search() {
        // Given
        Operation.Search search = search("acme", 20, 0);

        // When
        String cursor = seal("alice", POLICY, KEY, NOW).seal(search, 40);

        // Then
        assertThat(seal("alice", POLICY, KEY, NOW).open(cursor, search)).hasValue(40);
        assertThat(seal("alice", POLICY, KEY, NOW).open(cursor, search("acme", 20, 20)))
                .hasValue(40);
    }

    @Test
    void a_cursor_opens_for_nobody_and_nothing_else() {
        // Given
        Operation.Search search = search("acme", 20, 0);
        String cursor = seal("alice", POLICY, KEY, NOW).seal(search, 40);

        // Then
        assertThat(seal("bob", POLICY, KEY, NOW).open(cursor, search)).isEmpty();
        assertThat(seal("alice", new PolicyVersion("sha256:two"), KEY, NOW).open(cursor, search))
                .isEmpty();
        assertThat(seal("alice", POLICY, key(2), NOW).open(cursor, search)).isEmpty();
        assertThat(seal("alice", POLICY, KEY, NOW).open(cursor, search("globex", 20, 0)))
                .isEmpty();
        assertThat(seal("alice", POLICY, KEY, NOW).open(cursor, search("acme", 21, 0)))
                .isEmpty();
    }

    @Test
    void a_cursor_ends_with_its_time() {
        // Given
        Operation.Search search = search("acme", 20, 0);
        String cursor = seal("alice", POLICY, KEY, NOW).seal(search, 40);

        // When
        Instant last = NOW.plus(HmacCursorSeal.LIFE).minus(Duration.ofSeconds(1));

        // Then
        assertThat(seal("alice", POLICY, KEY, last).open(cursor, search)).hasValue(40);
        assertThat(seal("alice", POLICY, KEY, NOW.plus(HmacCursorSeal.LIFE)).open(cursor, search))
                .isEmpty();
    }

    @Test
    void a_cursor_with_one_bit_changed_does_not_open() {
        // Given
        Operation.Search search = search("acme", 20, 0);
        HmacCursorSeal seal = seal("alice", POLICY, KEY, NOW);
        byte[] bytes = Base64.getUrlDecoder().decode(seal.seal(search, 40));

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            // When
            byte[] changed = Arrays.copyOf(bytes, bytes.length);
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);

            // Then
            assertThat(seal.open(cursor, search)).as("bit " + bit).isEmpty();
        }
    }

    @Test
    void garbage_does_not_open_and_does_not_throw() {
        HmacCursorSeal seal = seal("alice", POLICY, KEY, NOW);
        Property.forAll(
                2_000,
                random -> random.ints(random.nextInt(0, 80), 0, 0x300)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                text -> assertThat(seal.open(text, search("acme", 20, 0))).isEmpty());
    }

    private static SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private static HmacCursorSeal seal(String user, PolicyVersion policy, SecretKey key, Instant now) {
        return new HmacCursorSeal(key, principal(user), policy, InstantSource.fixed(now));
    }

    private static Operation.Search search(String name, int limit, int offset) {
        Operation.Target target = new Operation.Target(
                new SystemId("demo"), "account", new ToolName("account_search"), Verb.SEARCH, Operation.Target.AGENT);
        Operation.Condition condition = new Operation.Condition("name", Comparison.EQUALS, Value.of(name));
        return new Operation.Search(target, List.of(condition), List.of(), limit, offset, List.of("id"), List.of());
    }

    private static Principal principal(String user) {
        Delegation delegation = new Delegation(
                new AgentId("spiffe://crm.example/agents/sales-copilot"),
                new UserId(user),
                Set.of(),
                Optional.empty(),
                new TaskId("task-1"),
                new SessionId("session-1"),
                Optional.empty(),
                Optional.empty(),
                NOW,
                NOW.plusSeconds(900),
                List.of());
        return new Principal(
                delegation,
                "sales-copilot",
                2,
                "zone",
                new TenantId("acme"),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of());
    }
}

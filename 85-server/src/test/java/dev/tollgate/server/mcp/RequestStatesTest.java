// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RequestStatesTest {
    private static final Value.Fields ARGUMENTS = new Value.Fields(Map.of("id", Value.of("1")));
    private static final Value.Fields STATE = new Value.Fields(Map.of("approval", Value.of("a-7")));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final Once once = new MemoryOnce(now::get);
    private final RequestStates states = states("0123456789abcdef0123456789abcdef");

    private RequestStates states(String key) {
        return new RequestStates(
                SealingKey.of(key.getBytes(StandardCharsets.US_ASCII)), once, now::get, Property.random(7));
    }

    private String closed() {
        return states.close("alice", "tools/call", "deal_get", ARGUMENTS, STATE);
    }

    @Test
    void a_state_comes_back_as_it_was_and_only_once() {
        // Given
        String sealed = closed();

        // When
        var first = states.open("alice", "tools/call", "deal_get", ARGUMENTS, sealed);
        var second = states.open("alice", "tools/call", "deal_get", ARGUMENTS, sealed);

        // Then
        assertThat(first).contains(STATE);
        assertThat(second).isEmpty();
    }

    @Test
    void a_state_is_worth_nothing_to_another_principal_request_or_argument() {
        // Given
        String sealed = closed();
        Value.Fields other = new Value.Fields(Map.of("id", Value.of("2")));

        // When
        var bob = states.open("bob", "tools/call", "deal_get", ARGUMENTS, sealed);
        var prompt = states.open("alice", "prompts/get", "deal_get", ARGUMENTS, sealed);
        var tool = states.open("alice", "tools/call", "contact_get", ARGUMENTS, sealed);
        var argument = states.open("alice", "tools/call", "deal_get", other, sealed);
        var right = states.open("alice", "tools/call", "deal_get", ARGUMENTS, sealed);

        // Then
        assertThat(bob).isEmpty();
        assertThat(prompt).isEmpty();
        assertThat(tool).isEmpty();
        assertThat(argument).isEmpty();
        assertThat(right).contains(STATE);
    }

    @Test
    void a_state_expires() {
        // Given
        String sealed = closed();

        // When
        now.set(now.get().plus(Duration.ofMinutes(15)));
        var late = states.open("alice", "tools/call", "deal_get", ARGUMENTS, sealed);

        // Then
        assertThat(late).isEmpty();
    }

    @Test
    void a_state_under_another_key_or_for_another_purpose_is_none() {
        // Given
        RequestStates foreign = states("ffffffffffffffffffffffffffffffff");
        Sessions sessions = new Sessions(
                SealingKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
                once,
                now::get,
                Property.random(8));

        // When
        var underAnother = foreign.open("alice", "tools/call", "deal_get", ARGUMENTS, closed());
        var session = sessions.find("alice", closed());
        var fromSession = states.open(
                "alice",
                "tools/call",
                "deal_get",
                ARGUMENTS,
                sessions.begin("alice", "2025-11-25", ClientAbilities.of(0)));

        // Then
        assertThat(underAnother).isEmpty();
        assertThat(session).isEmpty();
        assertThat(fromSession).isEmpty();
    }

    @Test
    void any_change_of_a_sealed_text_makes_it_worthless() {
        String sealed = closed();
        Property.forAll(
                random -> {
                    char[] chars = sealed.toCharArray();
                    int at = random.nextInt(chars.length - 1);
                    char other = (char) ('!' + random.nextInt(94));
                    chars[at] = chars[at] == other ? (char) (other == '~' ? '!' : other + 1) : other;
                    return new String(chars);
                },
                changed -> assertThat(states.open("alice", "tools/call", "deal_get", ARGUMENTS, changed))
                        .isEmpty());
    }

    @Test
    void a_memory_that_is_full_of_live_ids_says_no() {
        // Given
        MemoryOnce memory = new MemoryOnce(now::get);
        Instant later = now.get().plusSeconds(60);
        for (int at = 0; at < 100_000; at++) {
            memory.first("id-" + at, later);
        }

        // When
        boolean beyond = memory.first("one-more", later);
        now.set(later.plusSeconds(1));
        boolean afterExpiry = memory.first("one-more", later.plusSeconds(60));

        // Then
        assertThat(beyond).isFalse();
        assertThat(afterExpiry).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import static dev.tollgate.identity.Tokens.NOW;
import static dev.tollgate.identity.Tokens.grant;
import static dev.tollgate.identity.Tokens.issuer;
import static dev.tollgate.identity.Tokens.scope;
import static dev.tollgate.identity.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.identity.TokenVerifier.Checked;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrantProperties {
    private static final List<String> OBJECTS = List.of("account", "contact", "*");
    private static final List<String> VERBS = List.of("read", "search", "*");

    private record Handover(Delegation held, Set<Scope> wanted, Instant at) {}

    private static Scope anyScope(RandomGenerator random) {
        String owned = random.nextBoolean() ? ":owned" : "";
        return scope("crm:" + OBJECTS.get(random.nextInt(3)) + ":" + VERBS.get(random.nextInt(3)) + owned);
    }

    private static Set<Scope> anyScopes(RandomGenerator random) {
        Set<Scope> scopes = new HashSet<>();
        for (int at = random.nextInt(1, 4); at > 0; at--) {
            scopes.add(anyScope(random));
        }
        return scopes;
    }

    private static Delegation issued(Grant grant, Instant at) {
        return switch (verifier(at).check(issuer(at).issue(grant))) {
            case Checked.Proven proven -> proven.delegation();
            case Checked.Faulty faulty -> throw new AssertionError("refused: " + faulty.fault());
        };
    }

    private static Handover anyHandover(RandomGenerator random) {
        Grant first = Grant.of(grant().agent(), grant().user(), anyScopes(random))
                .lasting(Duration.ofSeconds(random.nextInt(1, 901)))
                .about("cust-1")
                .running(new WorkflowId("change-contact-details"))
                .at("verification")
                .on("case-1");
        return new Handover(issued(first, NOW), anyScopes(random), NOW.plusMillis(random.nextInt(0, 1_000_000)));
    }

    /// Everything a set of scopes reaches, spelt out.
    private static Set<String> reach(Set<Scope> scopes) {
        Set<String> reach = new HashSet<>();
        for (Scope held : scopes) {
            for (String object : List.of("account", "contact", "other")) {
                for (String verb : List.of("read", "search", "write")) {
                    if (held.satisfies(scope("crm:" + object + ":" + verb))) {
                        reach.add(object + verb + "owned");
                        if (!held.ownedOnly()) {
                            reach.add(object + verb + "any");
                        }
                    }
                }
            }
        }
        return reach;
    }

    @Test
    void a_chain_of_delegations_only_narrows() {
        Property.forAll(2_000, GrantProperties::anyHandover, handover -> {
            Optional<Grant> handed =
                    Grant.narrower(handover.held(), new AgentId("summarizer"), handover.wanted(), handover.at());
            handed.ifPresent(grant -> {
                Delegation next = issued(grant, handover.at());
                assertThat(reach(handover.held().scopes())).containsAll(reach(next.scopes()));
                assertThat(next.expires()).isBeforeOrEqualTo(handover.held().expires());
                assertThat(next.user()).isEqualTo(handover.held().user());
                assertThat(next.task()).isEqualTo(handover.held().task());
                assertThat(next.customer()).isEqualTo(handover.held().customer());
                assertThat(next.step()).isEqualTo(handover.held().step()).contains("verification");
                assertThat(next.caseId()).isEqualTo(handover.held().caseId()).contains("case-1");
                assertThat(next.actors()).containsExactly("summarizer", "sales-copilot");
            });
        });
    }

    @Test
    void what_is_held_can_be_handed_on_whole() {
        Property.forAll(GrantProperties::anyHandover, handover -> {
            Optional<Grant> handed = Grant.narrower(
                    handover.held(), new AgentId("b"), handover.held().scopes(), NOW);
            assertThat(handed).isPresent();
        });
    }

    @Test
    void an_expired_delegation_hands_nothing_on() {
        Delegation held = issued(grant(), NOW);
        assertThat(Grant.narrower(held, new AgentId("b"), held.scopes(), held.expires()))
                .isEmpty();
        assertThat(Grant.narrower(
                        held, new AgentId("b"), held.scopes(), held.expires().minusMillis(999)))
                .isEmpty();
        assertThat(Grant.narrower(held, new AgentId("b"), Set.of(), NOW)).isEmpty();
    }

    @Test
    void a_chain_ends_at_eight_agents() {
        Delegation held = issued(grant(), NOW);
        for (int at = 1; at < Grant.ACTORS_MAX; at++) {
            held = issued(
                    Grant.narrower(held, new AgentId("agent-" + at), held.scopes(), NOW)
                            .orElseThrow(),
                    NOW);
        }
        assertThat(held.actors()).hasSize(8).endsWith("agent-1", "sales-copilot");
        assertThat(Grant.narrower(held, new AgentId("one-more"), held.scopes(), NOW))
                .isEmpty();
    }

    @Requirement("S1-4")
    @Test
    void no_grant_lasts_longer_than_900_seconds() {
        assertThatThrownBy(() -> grant().lasting(Duration.ofSeconds(901))).hasMessageContaining("1 to 900 s");
        assertThatThrownBy(() -> grant().lasting(Duration.ofMillis(999))).hasMessageContaining("1 to 900 s");
        assertThat(grant().lasting(Duration.ofMinutes(15)).ttl()).hasSeconds(900);
    }

    @Test
    void a_grant_fits_into_a_header_at_its_longest_or_is_refused() {
        Set<Scope> many = IntStream.range(0, 64)
                .mapToObj(at -> scope("crm:" + "o".repeat(20) + at + ":summarize:owned"))
                .collect(Collectors.toSet());
        Delegation held = issued(Grant.of(grant().agent(), grant().user(), many), NOW);
        assertThat(held.scopes()).hasSize(64);
        Set<Scope> longest = IntStream.range(10, 74)
                .mapToObj(at -> scope("s".repeat(64) + ":" + "o".repeat(60) + at + ":summarize:owned"))
                .collect(Collectors.toSet());
        Grant tooLong = Grant.of(grant().agent(), grant().user(), longest);
        assertThatThrownBy(() -> issuer(NOW).issue(tooLong)).hasMessageContaining("name fewer scopes");
    }
}

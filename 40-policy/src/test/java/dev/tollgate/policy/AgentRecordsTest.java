// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.policy.bundle.Rollout;
import dev.tollgate.policy.bundle.Workload;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SpiffeId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Agents as the bundle records them.
final class AgentRecordsTest {
    private final Bundle bundle = DefaultBundle.point().bundle();

    private AgentRecord agent(String id) {
        return Optional.ofNullable(bundle.agents().get(new AgentId(id))).orElseThrow();
    }

    @Requirement({"S1-3", "S1-4", "S1-5", "S1-6"})
    @Test
    void a_record_says_who_the_agent_is_and_what_it_may_be_given() {
        AgentRecord agent = agent("sales-copilot");

        assertThat(agent.workload())
                .contains(new Workload(
                        SpiffeId.parse("spiffe://crm.example/agents/sales-copilot")
                                .orElseThrow(),
                        Workload.Attestation.LOCAL,
                        Optional.empty()));
        assertThat(agent.owner()).contains(new UserId("ivan"));
        assertThat(agent.stage()).isEqualTo(Rollout.GENERAL);
        assertThat(agent.roles()).containsExactly("sales-rep");
        assertThat(agent.bounds().ttl()).isEqualTo(Duration.ofMinutes(15));
        assertThat(agent.bounds().scopes())
                .contains(Scope.parse("crm:opportunity:write:owned").orElseThrow());
        assertThat(agent.jit()).hasToString("[opportunity:update:amount]");
    }

    @Requirement({"S4-10", "S2-2"})
    @Test
    void each_agent_type_has_an_identity_of_its_own_and_none_is_a_person() {
        assertThat(bundle.agents().values()).hasSizeGreaterThan(4).allSatisfy(agent -> {
            assertThat(agent.workload()).isPresent();
            assertThat(agent.owner()).isPresent();
            assertThat(bundle.users()).doesNotContainKey(new UserId(agent.id().value()));
        });
        assertThat(bundle.agents().values().stream().map(AgentRecord::type)).doesNotHaveDuplicates();
        assertThat(bundle.agents().values().stream()
                        .map(agent -> agent.workload().orElseThrow().id()))
                .doesNotHaveDuplicates();
    }

    @Requirement("S4-10")
    @Test
    void what_a_record_bounds_is_what_the_tools_of_its_workflows_need_and_no_more() {
        assertThat(bundle.agents().values()).allSatisfy(agent -> {
            List<ToolType> named = agent.workflows().stream()
                    .map(id -> Optional.ofNullable(bundle.workflows().get(id)).orElseThrow())
                    .flatMap(workflow -> workflow.tools().stream())
                    .map(name -> bundle.catalog().tool(name).orElseThrow())
                    .toList();
            assertThat(named)
                    .allSatisfy(tool -> assertThat(tool.scopes())
                            .allMatch(wanted ->
                                    agent.bounds().scopes().stream().anyMatch(held -> held.satisfies(wanted))));
            assertThat(agent.bounds().scopes())
                    .allSatisfy(held -> assertThat(named)
                            .anyMatch(tool -> tool.scopes().stream().anyMatch(held::satisfies)));
        });
    }

    private static Stream<Arguments> slips() {
        return Stream.of(
                Arguments.of("id: analyst", "id: erin", "a person has this id"),
                Arguments.of("agents/analyst", "agents/sales-copilot", "two agents have this SPIFFE id"),
                Arguments.of("spiffe://crm.example/agents/analyst", "https://crm.example", "this must be a SPIFFE id"),
                Arguments.of(
                        "spiffe://crm.example/agents/analyst",
                        "spiffe://crm.test/agents/analyst",
                        "the SPIFFE id is of another trust domain"),
                Arguments.of("type: analyst", "type: sales-copilot", "two agents of this type are in one trust domain"),
                Arguments.of("trust_domain: crm.example", "tags: x", "the key `trust_domain` is missing"),
                Arguments.of("attestation: local", "attestation: trust-me", "`trust-me` is not known here"),
                Arguments.of(
                        "attestation: local", "attestation: workload-identity-pool", "name the `subject` that tokens"),
                Arguments.of("stage: general", "stage: wild", "`wild` is not known here"),
                Arguments.of("owner: ivan", "owner: nobody", "`nobody` is not known here"),
                Arguments.of("ttl_seconds: 900", "ttl_seconds: 901", "a whole number from 1 to 900"),
                Arguments.of("'role:sales-rep'", "'role:sales-rap'", "`role:sales-rap` is not known here"),
                Arguments.of(
                        "    delegation:", "    roles: [revops]\n    delegation:", "say it here or in `users` and"),
                Arguments.of("'crm:note:read'", "'crm:note'", "`crm:note` is no scope"),
                Arguments.of("'crm:note:read'", "'crn:note:read'", "no tool needs a scope of `crn`"),
                Arguments.of("scope: [", "scopes: [", "the key `scope` is missing"),
                Arguments.of("opportunity:update:amount", "opportunity:amount", "is no action"),
                Arguments.of("opportunity:update:amount", "opportunity:read:amount", "is no action"),
                Arguments.of("opportunity:update:amount", "oportunity:update:amount", "no tool does what"),
                Arguments.of("opportunity:update:amount", "opportunity:update:amuont", "has this field"));
    }

    @Requirement("S1-3")
    @Test
    void a_bundle_without_a_trust_domain_is_refused_at_each_agent_with_what_to_write() {
        BundleFiles files = DefaultBundle.edited("principals.yaml", "    trust_domain: crm.example\n", "");
        String text = new String(files.content().get("principals.yaml"), StandardCharsets.UTF_8);
        String bare = text.replaceAll("    (spiffe_id|attestation): .*\n", "");

        Loading loading = BundleLoader.load(DefaultBundle.with("principals.yaml", bare));

        assertThat(loading)
                .isInstanceOfSatisfying(
                        Loading.Invalid.class,
                        invalid -> assertThat(invalid.problems().all())
                                .hasSize(bundle.agents().size())
                                .allSatisfy(problem -> assertThat(problem.toString())
                                        .matches("principals\\.yaml:\\d+:\\d+: nobody vouches for this agent: .*"
                                                + "`trust_domain: crm\\.example`.*")));
    }

    @Requirement("S1-16")
    @ParameterizedTest
    @ValueSource(strings = {"tier: 0", "tier: 10", "tier: one", "tire: 1"})
    void a_zone_without_a_tier_is_refused_where_it_stands(String tier) {
        Loading loading = BundleLoader.load(DefaultBundle.edited("zones.yaml", "tier: 1", tier));
        assertThat(loading)
                .isInstanceOfSatisfying(
                        Loading.Invalid.class,
                        invalid -> assertThat(invalid.problems().toString()).containsPattern("zones\\.yaml:\\d+:\\d+"));
    }

    @ParameterizedTest
    @MethodSource("slips")
    @Requirement({"S1-3", "S1-4", "S1-6"})
    void a_record_with_a_slip_is_refused_and_the_slip_is_named(String old, String now, String problem) {
        Loading loading = BundleLoader.load(DefaultBundle.edited("principals.yaml", old, now));

        assertThat(loading)
                .isInstanceOfSatisfying(
                        Loading.Invalid.class,
                        invalid -> assertThat(invalid.problems().toString()).contains("principals.yaml:", problem));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.Answer.Decision;
import dev.tollgate.cedar.CedarValue.Datetime;
import dev.tollgate.cedar.CedarValue.Int;
import dev.tollgate.cedar.CedarValue.Str;
import dev.tollgate.cedar.Residual.Comparator;
import dev.tollgate.cedar.Unknowns.Path;
import dev.tollgate.cedar.Unknowns.Promise;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is left of row rules before the row is read.
final class PartialAnswerTest {
    private static final EntityUid AGENT = EntityUid.of("Agent", "copilot");
    private static final EntityUid READ = EntityUid.of("Action", "read");
    private static final EntityUid FIELD = EntityUid.of("Field", "contact.email");
    private static final Schema SCHEMA = Schema.read("""
            {"":{"entityTypes":{"Agent":{},"Field":{}},"actions":{"reads":{},
             "read":{"memberOf":[{"id":"reads"}],"appliesTo":{"principalTypes":["Agent"],"resourceTypes":["Field"]}}}}}
            """);
    private static final Path OWNER = Path.of("row", "owner");
    private static final Path UPDATED = Path.of("row", "updated");

    @Test
    void an_owner_rule_becomes_a_comparison_with_the_principals_account() {
        // Given
        PolicySet policies =
                compiled("permit (principal, action, resource) when { context.row.owner == principal.account };");

        // When
        PartialAnswer answer = partial(policies, Unknowns.of(OWNER));

        // Then
        assertThat(answer.decision()).isEmpty();
        assertThat(answer.undecided()).singleElement().satisfies(left -> {
            assertThat(left.condition()).isEqualTo(new Residual.Compare(OWNER, Comparator.EQUAL, new Str("usr_1")));
            assertThat(left.mayFail()).isTrue();
        });
    }

    @Test
    void a_promise_of_presence_takes_the_failure_away() {
        // Given
        PolicySet policies =
                compiled("permit (principal, action, resource) when { context.row.owner == principal.account };");

        // When
        PartialAnswer answer = partial(policies, Unknowns.NONE.and(OWNER, Promise.PRESENT));

        // Then
        assertThat(answer.undecided())
                .singleElement()
                .satisfies(left -> assertThat(left.mayFail()).isFalse());
    }

    @Test
    void conjunctions_keep_only_what_is_unknown_and_turn_values_to_the_right() {
        // Given
        PolicySet policies = compiled("""
                permit (principal, action, resource)
                when { context.intent == "prepare" && context.row has owner && principal.account == context.row.owner }
                when { datetime("2026-08-23") <= context.row.updated && ["a", "b"].contains(context.row.owner) };
                """);

        // When
        PartialAnswer answer = partial(policies, Unknowns.of(OWNER, UPDATED));

        // Then
        CedarValue ends = CedarValue.Set.of(new Str("a"), new Str("b"));
        CedarValue since = new Datetime(1_787_443_200_000L);
        assertThat(answer.undecided())
                .singleElement()
                .satisfies(left -> assertThat(left.condition())
                        .isEqualTo(new Residual.All(List.of(
                                new Residual.Has(OWNER),
                                new Residual.Compare(OWNER, Comparator.EQUAL, new Str("usr_1")),
                                new Residual.Compare(UPDATED, Comparator.GREATER_OR_EQUAL, since),
                                new Residual.Compare(OWNER, Comparator.ONE_OF, ends)))));
    }

    @Test
    void a_decision_that_no_unknown_can_change_is_given() {
        // Given
        PolicySet policies = compiled("""
                permit (principal, action, resource) when { context.row.owner == principal.account };
                forbid (principal, action, resource) when { context.intent == "prepare" };
                """);

        // When
        PartialAnswer answer = partial(policies, Unknowns.of(OWNER));

        // Then
        assertThat(answer.decision()).contains(Decision.DENY);
        assertThat(answer.satisfied()).containsExactly(new PartialAnswer.Settled("policy1", Effect.FORBID));
    }

    @Test
    void a_forbid_that_can_only_fail_leaves_cedar_allowing_and_the_stricter_rule_undecided() {
        // Given
        PolicySet policies = compiled("""
                permit (principal, action, resource);
                forbid (principal, action, resource)
                when { context.row.owner == "x" && context.row.owner < 1 && false };
                """);

        // When
        PartialAnswer answer = partial(policies, Unknowns.of(OWNER));

        // Then
        assertThat(answer.decision()).contains(Decision.ALLOW);
        assertThat(answer.strict()).isEmpty();
    }

    @Test
    void an_undecided_policy_holds_when_the_row_says_so_and_fails_without_the_fact() {
        // Given
        PolicySet policies =
                compiled("permit (principal, action, resource) when { context.row.owner == principal.account };");
        PartialAnswer.Rest rest =
                partial(policies, Unknowns.of(OWNER)).undecided().getFirst().rest();

        // When
        List<Optional<Boolean>> outcomes = List.of(
                rest.holds(row(Map.of("owner", new Str("usr_1")))),
                rest.holds(row(Map.of("owner", new Int(1)))),
                rest.holds(row(Map.of())));

        // Then
        assertThat(outcomes).containsExactly(Optional.of(true), Optional.of(false), Optional.empty());
    }

    @Test
    void a_policy_that_reads_the_context_as_a_whole_waits_for_what_is_unknown_of_it() {
        PolicySet policies = compiled(
                "permit (principal, action, resource) when { {\"all\": context}.all.row.owner == principal.account };");

        PartialAnswer answer = partial(policies, Unknowns.of(OWNER));

        assertThat(answer.decision()).isEmpty();
        assertThat(answer.undecided()).hasSize(1);
    }

    @Test
    void sets_of_one_size_and_one_hash_are_not_equal_for_it() {
        PolicySet policies = compiled("permit (principal, action, resource) when { [1, 2, 5] == [1, 3, 4] };");

        assertThat(partial(policies, Unknowns.NONE).decision()).contains(Decision.DENY);
    }

    @Test
    void an_action_is_in_the_groups_of_the_store_at_hand_and_not_of_the_one_before() {
        PolicySet policies = compiled("permit (principal, action in Action::\"reads\", resource);");
        EntityUid reads = EntityUid.of("Action", "reads");
        Request request = new Request(AGENT, READ, FIELD, Rec.EMPTY);

        Answer inside =
                policies.authorize(request, Entities.of(Entity.of(READ, Rec.EMPTY, List.of(reads)), Entity.of(reads)));
        Answer outside = policies.authorize(request, Entities.of(Entity.of(READ, Rec.EMPTY, List.of())));

        assertThat(inside.decision()).isEqualTo(Decision.ALLOW);
        assertThat(outside.decision()).isEqualTo(Decision.DENY);
    }

    @Test
    void an_action_that_the_store_does_not_have_is_in_the_groups_of_the_schema() {
        PolicySet policies = switch (new CedarFrontend()
                .parse("permit (principal, action, resource) when { Action::\"read\" in Action::\"reads\" };")) {
            case CedarFrontend.Parsed.Policies parsed -> Compiler.compile(parsed.estJson(), SCHEMA);
            case CedarFrontend.Parsed.Rejected rejected -> throw new AssertionError(rejected.problems());
        };

        Answer answer = policies.authorize(new Request(AGENT, READ, FIELD, Rec.EMPTY), Entities.EMPTY);

        assertThat(answer.decision()).isEqualTo(Decision.ALLOW);
    }

    private static PartialAnswer partial(PolicySet policies, Unknowns unknowns) {
        Rec attributes = Rec.of(Map.of("account", new Str("usr_1")));
        Entities entities = Entities.of(Entity.of(AGENT, attributes, List.of()));
        Rec known = Rec.of(Map.of("intent", new Str("prepare")));
        return policies.partial(new Request(AGENT, READ, FIELD, known), unknowns, entities);
    }

    private static Rec row(Map<String, CedarValue> facts) {
        return Rec.of(Map.of("intent", new Str("prepare"), "row", Rec.of(facts)));
    }

    private static PolicySet compiled(String policies) {
        return switch (new CedarFrontend().parse(policies)) {
            case CedarFrontend.Parsed.Policies parsed -> Compiler.compile(parsed.estJson());
            case CedarFrontend.Parsed.Rejected rejected -> throw new AssertionError(rejected.problems());
        };
    }
}

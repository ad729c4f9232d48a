// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.containment.RiskScore;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What was remembered never shows: a decision point that has been asked a lot decides as one that was never asked.
final class MemoProperties {
    private static final int CASES = 60;
    private static final int QUESTIONS = 40;
    private static final Bundle BASE = DefaultBundle.point().bundle();
    private static final List<RiskScore.Level> LEVELS = List.of(RiskScore.Level.values());
    private static final String[][] FIELDS = {{"stage", "amount"}, {"stage", "amount", "name", "owner_id"}, {"name"}};

    /// One question, and a row to ask further about.
    private record Question(Principal who, Operation operation, Situation situation, Map<Fact, Value> row) {
        static Question draw(RandomGenerator random, Bundle bundle) {
            boolean rep = random.nextBoolean();
            Principal who = rep
                    ? Asking.rep(bundle, "crm:opportunity:read")
                    : Asking.principal(
                            bundle, "support-triage", "carol", "support-triage", "crm:case:read", "crm:account:read");
            String[] fields = FIELDS[random.nextInt(FIELDS.length)];
            Operation operation = rep
                    ? Asking.search(
                            bundle, "opportunity_search", random.nextBoolean() ? List.of("stage") : List.of(), fields)
                    : Asking.search(bundle, "case_search", List.of(), "number", "status");
            RiskScore risk =
                    new RiskScore(LEVELS.get(random.nextInt(LEVELS.size())), random.nextInt(3) * 40, List.of());
            Situation situation = Situation.at(Asking.NOW.plus(Duration.ofHours(random.nextInt(200))))
                    .with(risk);
            return new Question(who, operation, situation, RandomPolicies.row(random));
        }

        /// Everything that a decision says, but for its id.
        List<Object> ask(DecisionPoint point) {
            Decision decision = point.decide(who, operation, situation);
            return List.of(
                    decision.outcome(),
                    decision.reason(),
                    decision.verdicts(),
                    decision.rules(),
                    decision.fetch(),
                    decision.perRow(),
                    decision.determining(),
                    decision.refusal(),
                    decision.permits() ? decision.forRow(row, Set.of("surprise")) : Map.of());
        }
    }

    @Test
    void a_decision_point_that_was_asked_before_decides_as_a_new_one() {
        Property.forAll(CASES, random -> draw(random, true), MemoProperties::compare);
    }

    @Test
    void so_it_does_under_the_default_policies() {
        Property.forAll(CASES / 10, random -> draw(random, false), MemoProperties::compare);
    }

    private record Case(Bundle bundle, List<Question> questions) {}

    private static Case draw(RandomGenerator random, boolean policies) {
        Bundle bundle = policies ? RandomPolicies.bundle(BASE, RandomPolicies.draw(random)) : BASE;
        List<Question> questions = new ArrayList<>();
        for (int at = 0; at < QUESTIONS; at++) {
            questions.add(Question.draw(random, bundle));
        }
        return new Case(bundle, questions);
    }

    private static void compare(Case one) {
        DecisionPoint asked = new DecisionPoint(one.bundle(), new SplittableRandom(1));
        for (Question question : one.questions()) {
            DecisionPoint fresh = new DecisionPoint(one.bundle(), new SplittableRandom(1));
            assertThat(question.ask(asked)).isEqualTo(question.ask(fresh));
        }
    }

    @Test
    void a_bundle_that_reads_the_clock_is_asked_anew_each_time() {
        // Given
        List<String> policies = List.of("permit (principal, action, resource) when { context.now >" + " datetime(\""
                + Asking.NOW.toString().substring(0, 10) + "\").offset(duration(\"2d\")) };");
        DecisionPoint point = new DecisionPoint(RandomPolicies.bundle(BASE, policies), new SplittableRandom(1));
        Principal rep = Asking.rep(point.bundle(), "crm:opportunity:read");
        Operation operation = Asking.search(point.bundle(), "opportunity_search", List.of(), "stage");

        // When
        Outcome early = point.decide(rep, operation, Situation.at(Asking.NOW)).outcome();
        Outcome late = point.decide(rep, operation, Situation.at(Asking.NOW.plus(Duration.ofDays(3))))
                .outcome();

        // Then
        assertThat(early).isEqualTo(Outcome.DENY);
        assertThat(late).isEqualTo(Outcome.PERMIT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.frontend.CedarFrontend;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.World;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Property;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The requests that the decision point really makes, answered by our evaluator and by the official one.
final class OfficialCedarTest {
    private static final int ROWS = 1;

    private final Bundle bundle = DefaultBundle.point().bundle();
    private final OfficialCedar official = new OfficialCedar(sources());

    private record Asker(String agent, String user, String workflow, String tool) {}

    private static final List<Asker> ASKERS = List.of(
            new Asker("sales-copilot", "alice", "prepare-sales-call", "contact_get"),
            new Asker("sales-copilot", "alice", "prepare-sales-call", "opportunity_search"),
            new Asker("sales-copilot", "mallory", "prepare-sales-call", "account_get"),
            new Asker("support-triage", "carol", "review-incident", "case_get"),
            new Asker("support-triage", "bob", "send-customer-update", "contact_get"),
            new Asker("delivery-assistant", "bob", "respond-delivery-status", "order_get"),
            new Asker("analyst", "erin", "review-billing", "payment_get"),
            new Asker("support-triage", "bob", "request-refund", "refund_request_create"));

    @Test
    void both_evaluators_answer_the_requests_of_the_decision_point_alike() throws Exception {
        // Given
        int asked = 0;

        // When
        for (Asker asker : ASKERS) {
            asked += compare(asker);
        }

        // Then
        assertThat(asked).isGreaterThan(300);
    }

    private int compare(Asker asker) throws Exception {
        Principal who = Asking.principal(bundle, asker.agent(), asker.user(), asker.workflow(), "crm:*:*");
        Frame frame = frame(who, asker.tool());
        Entities entities = bundle.world().entities(Asking.DEMO).with(Contexts.agent(who));
        Situation now = Situation.at(Asking.NOW);
        var amount = Optional.of(new java.math.BigDecimal("120.50"));
        Rec shared = Contexts.shared(frame, now, Hypothesis.ALL.evidence(now), bundle.limits(), amount)
                .with("now", Contexts.now(now));
        var random = Property.random(7);
        int asked = 0;
        for (int at = 0; at < ROWS; at++) {
            var row = RowFacts.row(RandomPolicies.row(random), Asking.NOW);
            for (FieldType field : frame.object().fields()) {
                for (View view : List.of(View.CLEAR, View.MASKED)) {
                    Request request = new Request(
                            EntityUid.of("Agent", asker.agent()),
                            World.action(frame.tool().verb()),
                            World.uid(new FieldPath(frame.object().name(), field.name())),
                            Contexts.with(shared, view, row));
                    Answer ours = bundle.rules().policies().authorize(request, entities);
                    assertThat(result(ours))
                            .as("%s in view %s for %s", request, view, asker)
                            .isEqualTo(official.authorize(request, entities));
                    asked++;
                }
            }
        }
        return asked;
    }

    private static OfficialCedar.Result result(Answer answer) {
        return new OfficialCedar.Result(
                answer.allowed(),
                new TreeSet<>(answer.determining()),
                new TreeSet<>(
                        answer.errors().stream().map(Answer.PolicyError::id).toList()));
    }

    private Frame frame(Principal who, String tool) {
        return switch (new Gate(bundle).check(who, Asking.target(bundle, tool), Asking.NOW)) {
            case Gate.Passage.Open open -> open.frame();
            case Gate.Passage.Closed closed -> throw new AssertionError(closed.reason());
        };
    }

    /// In the order in which the loader joins the files, so that both number the policies alike.
    private static Map<String, String> sources() {
        StringBuilder text = new StringBuilder();
        DefaultBundle.FILES.content().forEach((path, bytes) -> {
            if (path.endsWith(".cedar")) {
                text.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
            }
        });
        return switch (new CedarFrontend().parse(text.toString())) {
            case CedarFrontend.Parsed.Policies parsed -> parsed.sources();
            case CedarFrontend.Parsed.Rejected rejected -> throw new AssertionError(rejected.problems());
        };
    }
}

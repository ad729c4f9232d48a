// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Effect;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.inspection.outside.DlpCheck;
import dev.tollgate.inspection.outside.Opinion;
import dev.tollgate.inspection.outside.SecondReview;
import dev.tollgate.policy.Outgoing;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Others who are asked about a message beside our own inspection, where they are configured: a DLP system about each,
/// and a second model, which sees it without what was found, about what does more than look. A no is a finding, and
/// policy says what follows; who does not answer leaves nothing to decide.
///
/// @param dlp    a data-loss-prevention system
/// @param review a second model
public record Reviewers(Optional<DlpCheck> dlp, Optional<SecondReview> review) {
    /// Nobody is asked.
    public static final Reviewers NOBODY = new Reviewers(Optional.empty(), Optional.empty());

    /// What policies call a no of the DLP system.
    private static final String DLP = "dlp";

    /// What policies call a no of the second model.
    private static final String REVIEW = "second-review";

    /// What is known of a message after others were asked. Refuses with `Undecidable` when one of them
    /// said nothing that can be used.
    Step<Outgoing> asked(Assessed assessed, Write.Send send, SequencedMap<String, String> parts, Outgoing known) {
        boolean looks = assessed.validated().tool().effect() == Effect.READ;
        return dlp.map(check -> check.check(send.target().destination(), parts))
                .map(opinion -> heard(opinion, DLP, known))
                .orElseGet(() -> Step.pass(known))
                .then(seen -> review.filter(_ -> !looks)
                        .map(model -> model.review(call(assessed, send, seen)))
                        .map(opinion -> heard(opinion, REVIEW, seen))
                        .orElseGet(() -> Step.pass(seen)));
    }

    private static Step<Outgoing> heard(Opinion opinion, String word, Outgoing known) {
        return switch (opinion) {
            case Opinion.Allows _ -> Step.pass(known);
            case Opinion.Denies _ -> {
                Map<String, Long> found = new TreeMap<>(known.findings());
                found.merge(word, 1L, Long::sum);
                yield Step.pass(known.inspected(found, known.masked().orElseGet(TreeMap::new)));
            }
            case Opinion.Silent _ -> Step.refuse(new Refusal.Undecidable("somebody who must be asked did not answer"));
        };
    }

    private static Value.Fields call(Assessed assessed, Write.Send send, Outgoing known) {
        Optional<Workflow> workflow = assessed.who()
                .policy()
                .bundle()
                .workflow(assessed.who().principal().delegation());
        return new Value.Fields(Map.of(
                "intent", Value.of(workflow.map(Workflow::intent).orElse("")),
                "purpose", Value.of(workflow.map(Workflow::purpose).orElse("")),
                "tool", Value.of(send.target().tool().value()),
                "action", Value.of(assessed.validated().tool().effect().word()),
                "destination", Value.of(send.target().destination()),
                "content", new Value.Fields(known.masked().orElseGet(TreeMap::new))));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalStatus;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tool `approval_status`: how an approval stands that this agent asked for, for this person. Those
/// of others do not exist. Reads no record and changes nothing.
record ApprovalTool(Gateway gateway, Journal journal, Oversight people) {
    static final ToolName NAME = new ToolName("approval_status");

    private static final String APPROVAL = "approval";

    static ToolListing listing() {
        Value.Fields text = new Value.Fields(Map.of("type", Value.of("string")));
        return new ToolListing(
                NAME,
                "Approval status",
                "Tells how a change stands that waits for a person's approval, and what to do next. Executes nothing:"
                        + " once it is granted, make the same call again.",
                object(
                        Map.of(
                                APPROVAL,
                                new Value.Fields(Map.of(
                                        "type", Value.of("string"),
                                        "description", Value.of("id from `approval_pending`")))),
                        List.of(APPROVAL)),
                object(
                        Map.of(APPROVAL, text, "state", text, "expires", text, "next", text),
                        List.of(APPROVAL, "state", "expires", "next")),
                true,
                false);
    }

    Step<Answer> status(Received received) {
        return gateway.refusals()
                .of(received, gateway.authenticate().apply(received))
                .then(who -> gateway.refusals()
                        .of(who, gateway.contain().question(who).then(_ -> found(who)))
                        .then(status -> told(who, status)));
    }

    private Step<ApprovalStatus> found(Authenticated who) {
        Optional<ApprovalId> id = id(who.from().call());
        if (id.isEmpty()) {
            return Step.refuse(new Refusal.Malformed(
                    List.of("`/" + APPROVAL + "` must be the id of an approval, and nothing else")));
        }
        return people.status(id.get(), who.principal());
    }

    private Step<Answer> told(Authenticated who, ApprovalStatus status) {
        Map<String, Value> answer = new TreeMap<>();
        answer.put(APPROVAL, Value.of(status.id().value()));
        answer.put("state", Value.of(status.state().word()));
        answer.put("expires", Value.of(status.expires().toString()));
        answer.put("next", Value.of(status.next()));
        return journal.told(who, status.id().value(), status.state().word())
                .then(index -> Step.pass(new Answer(new Value.Fields(answer), index)));
    }

    private static Optional<ApprovalId> id(ToolCall call) {
        Map<String, Value> given = call.arguments().values();
        return given.size() == 1 && given.get(APPROVAL) instanceof Value.Text text
                ? parsed(text.text())
                : Optional.empty();
    }

    private static Optional<ApprovalId> parsed(String text) {
        try {
            return Optional.of(new ApprovalId(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Value.Fields object(Map<String, Value> properties, List<String> required) {
        return new Value.Fields(Map.of(
                "type", Value.of("object"),
                "properties", new Value.Fields(properties),
                "required", Value.texts(required),
                "additionalProperties", Value.of(false)));
    }
}

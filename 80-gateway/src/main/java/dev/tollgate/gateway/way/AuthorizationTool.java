// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tool `request_authorization` (requirement S3-9): asks whether a call would be permitted, and returns an envelope
/// with the constraints and a decision token for exactly that call. It executes nothing.
final class AuthorizationTool {
    static final ToolName NAME = new ToolName("request_authorization");

    private static final String TOOL = "tool";
    private static final String ARGUMENTS = "arguments";

    private AuthorizationTool() {}

    static ToolListing listing(List<String> tools) {
        Value.Fields input = object(
                Map.of(
                        TOOL,
                        new Value.Fields(Map.of(
                                "type", Value.of("string"),
                                "description", Value.of("the tool that you want to call"),
                                "enum", Value.texts(tools))),
                        ARGUMENTS,
                        new Value.Fields(Map.of(
                                "type", Value.of("object"),
                                "description", Value.of("exactly the arguments that you will call it with")))),
                List.of(TOOL, ARGUMENTS));
        return new ToolListing(
                NAME,
                "Request authorization",
                "Asks whether a call would be permitted. Answers authorised or denied with the reason, the constraints,"
                        + " and a single-use decision token for exactly that call, to present in `_meta` as"
                        + " `dev.tollgate/decision-token`. Executes nothing.",
                input,
                output(),
                true,
                false);
    }

    private static Value.Fields output() {
        Value text = new Value.Fields(Map.of("type", Value.of("string")));
        Value words = new Value.Fields(Map.of(
                "type", Value.of("string"),
                "enum", Value.texts(List.of("authorised", "denied", "needs_step_up", "needs_approval"))));
        return object(
                Map.of(
                        "decision", words,
                        "decision_id", text,
                        "policy_version", text,
                        "reason", text,
                        "rule_ids", new Value.Fields(Map.of("type", Value.of("array"), "items", text)),
                        "constraints", new Value.Fields(Map.of("type", Value.of("object"))),
                        "explanation", text,
                        "token", text),
                List.of("decision", "decision_id", "policy_version", "reason", "rule_ids", "constraints"));
    }

    private static Value.Fields object(Map<String, Value> properties, List<String> required) {
        return new Value.Fields(Map.of(
                "type", Value.of("object"),
                "properties", new Value.Fields(properties),
                "required", Value.texts(required),
                "additionalProperties", Value.of(false)));
    }

    /// The call that is asked about.
    static Step<ToolCall> inner(ToolCall outer) {
        Map<String, Value> given = outer.arguments().values();
        List<String> problems = new ArrayList<>();
        Optional<ToolName> tool = given.get(TOOL) instanceof Value.Text text ? name(text.text()) : Optional.empty();
        if (tool.isEmpty() || tool.get().equals(NAME)) {
            problems.add("`/tool` must be the name of a tool");
        }
        if (!(given.get(ARGUMENTS) instanceof Value.Fields)) {
            problems.add("`/arguments` must be an object");
        }
        if (given.size() > 2) {
            problems.add("only `/tool` and `/arguments` are known");
        }
        if (!problems.isEmpty() || !(given.get(ARGUMENTS) instanceof Value.Fields arguments)) {
            return Step.refuse(new Refusal.Malformed(problems));
        }
        return Step.pass(new ToolCall(
                outer.request(),
                tool.orElse(NAME),
                arguments,
                Optional.empty(),
                outer.model(),
                outer.traceId(),
                outer.door()));
    }

    private static Optional<ToolName> name(String text) {
        try {
            return Optional.of(new ToolName(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

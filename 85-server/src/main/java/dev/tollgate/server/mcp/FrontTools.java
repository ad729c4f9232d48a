// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import java.util.List;
import java.util.Optional;

/// The product's feature: the tools of the gateway, and nothing else. Arguments go to the gateway unchecked but
/// well-formed: its own stage checks them, so that what does not fit is counted and recorded like every other
/// refusal.
public final class FrontTools implements Feature {
    private static final int NAME_CHARS_MAX = 256;
    private static final ToolName IMPOSSIBLE = new ToolName("?");

    private final Front front;

    /// The tools behind this front.
    public FrontTools(Front front) {
        this.front = front;
    }

    @Override
    public Step<List<Tool>> tools(Credentials who) {
        return front.tools(who)
                .then(listings ->
                        Step.pass(listings.stream().map(FrontTools::tool).toList()));
    }

    @Override
    public Outcome call(Call call) {
        ToolCall toolCall = new ToolCall(
                call.request(),
                toolName(call.name()),
                call.arguments(),
                call.decisionToken(),
                call.model(),
                call.traceId(),
                "mcp");
        return switch (front.call(call.who(), toolCall)) {
            case Step.Refused<Answer> refused -> new Outcome.Refused(refused.why());
            case Step.Passed<Answer> passed -> new Outcome.Answered(passed.state());
        };
    }

    /// The tool of that name. A name that no tool can have becomes one that no contract has, so that the gateway
    /// refuses and records it like any other unknown tool.
    public static ToolName toolName(String name) {
        boolean possible = !name.isBlank()
                && name.length() <= NAME_CHARS_MAX
                && name.chars().noneMatch(Character::isISOControl);
        return possible ? new ToolName(name) : IMPOSSIBLE;
    }

    private static Tool tool(ToolListing listing) {
        return new Tool(
                listing.name().value(),
                listing.title(),
                listing.description(),
                listing.input(),
                Optional.of(listing.output()),
                listing.readOnly(),
                listing.idempotent());
    }
}

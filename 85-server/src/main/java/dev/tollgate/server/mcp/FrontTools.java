// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The product's feature: the tools of the gateway, and nothing else. Arguments go to the gateway unchecked but
/// well-formed: its own stage checks them, so that what does not fit is counted and recorded like every other
/// refusal.
public final class FrontTools implements Feature {
    private static final int NAME_CHARS_MAX = 256;
    private static final ToolName IMPOSSIBLE = new ToolName("?");

    private final Front front;
    private final Optional<String> approvals;

    /// The tools behind this front.
    ///
    /// @param approvals where people decide an approval, with its id behind; nothing without such a page
    public FrontTools(Front front, Optional<String> approvals) {
        this.front = front;
        this.approvals = approvals;
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
            case Step.Refused<Answer>(Refusal.ApprovalPending pending) -> pending(call, pending);
            case Step.Refused<Answer> refused -> new Outcome.Refused(refused.why());
            case Step.Passed<Answer> passed -> new Outcome.Answered(passed.state());
        };
    }

    /// A client that can send its person to a page is told of the page once for each approval: when it has answered
    /// for it, by whatever word, it hears how things stand like any other. Nothing waits here meanwhile.
    private Outcome pending(Call call, Refusal.ApprovalPending why) {
        if (approvals.isEmpty() || !call.client().urls()) {
            return new Outcome.Refused(why);
        }
        InputRequest page = InputRequest.page(
                "A person must approve this change first (rule `" + why.rule()
                        + "`). The page shows it; who asked for it" + " cannot decide it, so pass the address on.",
                approvals.get() + why.approval());
        if (call.input(why.approval(), page).isPresent()) {
            return new Outcome.Refused(why);
        }
        SequencedMap<String, InputRequest> pages = new LinkedHashMap<>();
        pages.put(why.approval(), page);
        return new Outcome.Ask(pages, Optional.empty());
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

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Reversibility;
import dev.tollgate.catalog.ToolSchemas;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.gateway.state.Recorded;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.policy.Situation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The front of the whole gateway: the way for calls, the same predicate for listing, and authorisation without
/// execution.
public final class TollgateFront implements Front {
    /// In the log, the tool of a request whose tool nobody could read.
    private static final ToolName UNREAD = new ToolName("unread");

    private final Gateway gateway;
    private final Authorizations authorizations;
    private final ApprovalTool approvals;
    private final InstantSource clock;
    private final Supplier<RequestId> ids;

    /// @param gateway the way
    /// @param journal writes what was asked for and not executed
    /// @param people what waits for people
    /// @param clock   when a call came
    /// @param ids     names questions that a door does not name
    public TollgateFront(
            Gateway gateway, Journal journal, Oversight people, InstantSource clock, Supplier<RequestId> ids) {
        this.gateway = gateway;
        this.authorizations = new Authorizations(gateway, journal);
        this.approvals = new ApprovalTool(gateway, journal, people);
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Step<List<ToolListing>> tools(Credentials who) {
        Received received = question(who, "list");
        return gateway.refusals()
                .of(received, gateway.authenticate().apply(received))
                .then(this::listed);
    }

    private Step<List<ToolListing>> listed(Authenticated who) {
        Catalog catalog = who.policy().bundle().catalog();
        Situation situation = Situation.at(who.from().at());
        List<ToolListing> listings = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ToolType tool : catalog.tools()) {
            Optional<ObjectType> object = Optional.of(tool)
                    .filter(found -> gateway.validate().connectors().offers(catalog, found))
                    .flatMap(found -> catalog.object(found.system(), found.object()));
            object.flatMap(found -> who.policy()
                            .visible(who.principal(), tool, found, situation)
                            .map(visible -> listing(tool, found, visible)))
                    .ifPresent(listing -> {
                        listings.add(listing);
                        names.add(tool.name().value());
                    });
        }
        if (!listings.isEmpty()) {
            listings.add(AuthorizationTool.listing(names));
            listings.add(ApprovalTool.listing());
        }
        listings.sort(java.util.Comparator.comparing(listing -> listing.name().value()));
        return Step.pass(List.copyOf(listings));
    }

    private static ToolListing listing(ToolType tool, ObjectType object, Set<String> visible) {
        boolean readOnly = !tool.verb().changes();
        return new ToolListing(
                tool.name(),
                tool.title(),
                tool.reversibility() == Reversibility.READ_ONLY
                        ? tool.description()
                        : tool.description() + " (" + tool.reversibility().word() + ")",
                ToolSchemas.input(tool, object, visible),
                ToolSchemas.output(tool, object, visible),
                readOnly,
                readOnly);
    }

    @Override
    public Step<Answer> call(Credentials who, ToolCall call) {
        Received received = new Received(who, call, clock.instant());
        if (call.tool().equals(AuthorizationTool.NAME)) {
            return authorizations.request(received);
        }
        if (call.tool().equals(ApprovalTool.NAME)) {
            return approvals.status(received);
        }
        return gateway.call(received);
    }

    @Override
    public Step<Value.Fields> evaluate(Credentials who, Value.Fields request) {
        return authorizations.evaluate(question(who, "authzen"), request);
    }

    @Override
    public void unread(Credentials who, RequestId request, Refusal.Malformed why) {
        Received received = received(who, request, UNREAD, "unread");
        // The reply is a refusal whether or not the log takes it: nothing was decided and nothing ran.
        Step<Recorded> _ = switch (gateway.authenticate().apply(received)) {
            case Step.Passed<Authenticated> passed -> gateway.refusals().early(passed.state(), Step.refuse(why));
            case Step.Refused<Authenticated> refused -> gateway.refusals().of(received, Step.refuse(refused.why()));
        };
    }

    private Received question(Credentials who, String door) {
        return received(who, ids.get(), AuthorizationTool.NAME, door);
    }

    private Received received(Credentials who, RequestId request, ToolName tool, String door) {
        ToolCall call = new ToolCall(
                request,
                tool,
                new Value.Fields(Map.of()),
                Optional.empty(),
                ToolCall.ModelFacts.NONE,
                Optional.empty(),
                door);
        return new Received(who, call, clock.instant());
    }
}

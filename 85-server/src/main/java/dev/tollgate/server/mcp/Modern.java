// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Optional;

/// Revision 2026-07-28: every request stands alone and says in its body, and again in its headers, what it is.
final class Modern {
    /// Longest version that is repeated to the client that sent it, as the specification demands.
    private static final int VERSION_CHARS_MAX = 64;
    /// Inputs of one retry: no feature asks for more at once.
    private static final int INPUTS_MAX = 32;

    private final Methods methods;
    private final Endings endings;
    private final Identities identities;
    private final RequestStates states;
    private final Listeners listeners;
    private final Schemas schemas;
    private final Replies replies;

    Modern(
            Methods methods,
            Endings endings,
            Identities identities,
            RequestStates states,
            Listeners listeners,
            Schemas schemas,
            Replies replies) {
        this.methods = methods;
        this.endings = endings;
        this.identities = identities;
        this.states = states;
        this.listeners = listeners;
        this.schemas = schemas;
        this.replies = replies;
    }

    /// Whether a message opens in this era: it carries a version in its body, or names this one in its header.
    static boolean speaks(Turn turn, Value.Fields params) {
        Value.Fields meta = Members.fields(params, Protocol.META).orElse(Message.EMPTY);
        return Members.has(meta, Protocol.META_VERSION)
                || turn.header(Protocol.HEADER_VERSION)
                        .filter(version -> !Protocol.LEGACY.contains(version))
                        .isPresent();
    }

    void serve(Turn turn, Message.Request request, boolean streams, Optional<String> traceId) {
        if (!sound(turn, request)) {
            return;
        }
        Credentials who = turn.credentials();
        Value.Fields meta = request.meta();
        // The gateway asks for itself who calls a tool; everything else is asked here.
        boolean retry = Members.has(request.params(), "requestState");
        boolean gateway = (request.method().equals("tools/call") && !retry)
                || request.method().equals("tools/list");
        Optional<String> principal = Optional.empty();
        if (!gateway) {
            switch (identities.name(who)) {
                case Step.Refused<String> refused -> {
                    endings.refuse(turn, Optional.of(request.id()), refused.why());
                    return;
                }
                case Step.Passed<String> passed -> principal = Optional.of(passed.state());
            }
        }
        Line line = new Line(
                turn,
                streams,
                Optional.ofNullable(meta.values().get("progressToken")),
                Members.text(meta, Protocol.META_LOG_LEVEL));
        ClientAbilities client = ClientAbilities.of(
                Members.fields(meta, Protocol.META_CAPABILITIES).orElse(Message.EMPTY));
        Asked asked =
                new Asked(line, request, who, principal, client, Message.EMPTY, Optional.empty(), traceId, schemas);
        answer(asked);
    }

    private void answer(Asked asked) {
        switch (asked.request().method()) {
            case "server/discover" -> endings.send(asked, true, discover());
            case "subscriptions/listen" -> listen(asked);
            default -> {
                if (Asked.mayAsk(asked.request().method())) {
                    retried(asked);
                } else {
                    endings.send(asked, true, methods.run(asked));
                }
            }
        }
    }

    private void retried(Asked asked) {
        Value.Fields params = asked.request().params();
        Optional<Value.Fields> inputs = Members.has(params, "inputResponses")
                ? Members.fields(params, "inputResponses")
                        .filter(given -> given.values().size() <= INPUTS_MAX)
                : Optional.of(Message.EMPTY);
        if (inputs.isEmpty()) {
            endings.send(asked, true, Outcome.invalid("`inputResponses` is an object"));
            return;
        }
        Optional<Value.Fields> state = Optional.empty();
        if (Members.has(params, "requestState")) {
            state = Members.text(params, "requestState")
                    .flatMap(text -> states.open(
                            asked.principal().orElse(""),
                            asked.request().method(),
                            Asked.name(asked.request()),
                            Asked.arguments(asked.request()),
                            text));
            if (state.isEmpty()) {
                endings.send(asked, true, Outcome.invalid("`requestState` is not accepted"));
                return;
            }
        }
        endings.send(asked, true, methods.run(asked.with(inputs.get(), state)));
    }

    private Outcome discover() {
        return Outcome.done(Map.of(
                "supportedVersions", Value.texts(Protocol.ALL),
                "capabilities", methods.capabilities(true)));
    }

    private void listen(Asked asked) {
        Optional<Value.Fields> filter = Members.fields(asked.request().params(), "notifications");
        if (filter.isEmpty()) {
            endings.send(asked, true, Outcome.invalid("`notifications` is an object"));
        } else if (!asked.line().streams()) {
            endings.send(asked, true, Outcome.invalid("a client that listens takes a stream of events"));
        } else if (!listeners.listen(asked, filter.get(), methods.hasExtras(), replies)) {
            endings.send(asked, true, new Outcome.Refused(Listeners.FULL));
        }
    }

    /// Whether headers and `_meta` are as the revision wants them; when not, the reply has been sent.
    private static boolean sound(Turn turn, Message.Request request) {
        Optional<String> header = turn.header(Protocol.HEADER_VERSION);
        Value.Fields meta = request.meta();
        Optional<String> version = Members.text(meta, Protocol.META_VERSION);
        if (header.isEmpty()) {
            return wrong(turn, request, Protocol.HEADER_MISMATCH, "header mismatch: `MCP-Protocol-Version` is missing");
        }
        if (version.isEmpty()
                || Members.fields(meta, Protocol.META_CAPABILITIES).isEmpty()) {
            return wrong(turn, request, Protocol.INVALID_PARAMS, "`_meta` names the version and the capabilities");
        }
        if (!HeaderValues.same(header, version.get())) {
            return wrong(turn, request, Protocol.HEADER_MISMATCH, "header mismatch: `MCP-Protocol-Version`");
        }
        if (!version.get().equals(Protocol.MODERN)) {
            unsupported(turn, request.id(), version.get());
            return false;
        }
        if (!turn.header(Protocol.HEADER_METHOD).map(String::strip).equals(Optional.of(request.method()))) {
            return wrong(turn, request, Protocol.HEADER_MISMATCH, "header mismatch: `Mcp-Method`");
        }
        boolean named = Asked.mayAsk(request.method());
        if (named && !HeaderValues.same(turn.header(Protocol.HEADER_NAME), Asked.name(request))) {
            return wrong(turn, request, Protocol.HEADER_MISMATCH, "header mismatch: `Mcp-Name`");
        }
        return true;
    }

    private static boolean wrong(Turn turn, Message.Request request, int code, String message) {
        turn.misread(message);
        turn.reply(
                400,
                Replies.error(Optional.of(request.id()), code, message, Optional.empty())
                        .buffer());
        return false;
    }

    /// Says which versions are spoken.
    static void unsupported(Turn turn, Value id, String requested) {
        Value.Fields data = new Value.Fields(Map.of(
                "supported", Value.texts(Protocol.ALL),
                "requested", Value.of(requested.length() <= VERSION_CHARS_MAX ? requested : "")));
        turn.reply(
                400,
                Replies.error(
                                Optional.of(id),
                                Protocol.UNSUPPORTED_VERSION,
                                "unsupported protocol version",
                                Optional.of(data))
                        .buffer());
    }
}

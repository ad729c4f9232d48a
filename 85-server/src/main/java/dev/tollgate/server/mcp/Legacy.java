// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.mcp.Sessions.Session;
import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Revisions 2025-11-25 and 2025-06-18: a handshake, a session, and questions over the open stream of a request.
final class Legacy {
    /// Rounds of questions in one request; a feature that is not satisfied by then never will be.
    private static final int ROUNDS_MAX = 8;
    /// Sessions whose log level is remembered; of a forgotten one the client is sent no log messages.
    private static final int LEVELS_MAX = 10_000;

    private final Methods methods;
    private final Endings endings;
    private final Identities identities;
    private final Sessions sessions;
    private final Conversations conversations;
    private final Schemas schemas;
    private final Value.Fields serverInfo;

    private final Map<String, String> levels = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > LEVELS_MAX;
        }
    };

    Legacy(
            Methods methods,
            Endings endings,
            Identities identities,
            Sessions sessions,
            Conversations conversations,
            Schemas schemas,
            Value.Fields serverInfo) {
        this.methods = methods;
        this.endings = endings;
        this.identities = identities;
        this.sessions = sessions;
        this.conversations = conversations;
        this.schemas = schemas;
        this.serverInfo = serverInfo;
    }

    void serve(Turn turn, Message message, boolean streams, Optional<String> traceId) {
        Credentials who = turn.credentials();
        Optional<Value> id = message instanceof Message.Request request ? Optional.of(request.id()) : Optional.empty();
        if (message instanceof Message.Request request && disagrees(turn, request)) {
            turn.misread("headers and body disagree");
            turn.reply(
                    400,
                    Replies.error(id, Protocol.INVALID_REQUEST, "headers and body disagree", Optional.empty())
                            .buffer());
            return;
        }
        switch (identities.name(who)) {
            case Step.Refused<String> refused -> endings.refuse(turn, id, refused.why());
            case Step.Passed<String> passed -> {
                if (message instanceof Message.Request request
                        && request.method().equals("initialize")) {
                    initialize(asked(turn, request, who, passed.state(), streams, traceId, Optional.empty()));
                    return;
                }
                session(turn, id, passed.state()).ifPresent(session -> {
                    switch (message) {
                        case Message.Request request ->
                            answer(
                                    session,
                                    asked(turn, request, who, passed.state(), streams, traceId, Optional.of(session)));
                        case Message.Notification notification -> note(turn, session, notification);
                        case Message.Response response -> {
                            conversations.answer(session, response);
                            turn.empty(202);
                        }
                        case Message.Invalid _ -> throw new IllegalStateException("invalid messages go no further");
                    }
                });
            }
        }
    }

    /// These revisions know no headers that mirror the body; a client that sends them all the same must mean
    /// them, as something between it and here may go by them.
    private static boolean disagrees(Turn turn, Message.Request request) {
        Optional<String> method = turn.header(Protocol.HEADER_METHOD);
        Optional<String> name = turn.header(Protocol.HEADER_NAME);
        return (method.isPresent() && !HeaderValues.same(method, request.method()))
                || (name.isPresent() && !HeaderValues.same(name, Asked.name(request)));
    }

    /// Ends a session at the client's wish.
    void end(Turn turn) {
        switch (identities.name(turn.credentials())) {
            case Step.Refused<String> refused -> endings.refuse(turn, Optional.empty(), refused.why());
            case Step.Passed<String> passed ->
                session(turn, Optional.empty(), passed.state()).ifPresent(session -> {
                    forget(session);
                    turn.empty(sessions.end(session) ? 204 : 405);
                });
        }
    }

    private void forget(Session session) {
        synchronized (levels) {
            levels.remove(session.nonce());
        }
    }

    private Asked asked(
            Turn turn,
            Message.Request request,
            Credentials who,
            String principal,
            boolean streams,
            Optional<String> traceId,
            Optional<Session> session) {
        Optional<String> level;
        synchronized (levels) {
            level = session.map(Session::nonce).map(levels::get);
        }
        Line line = new Line(
                turn, streams, Optional.ofNullable(request.meta().values().get("progressToken")), level);
        ClientAbilities client = session.map(Session::client)
                .orElseGet(() -> ClientAbilities.of(
                        Members.fields(request.params(), "capabilities").orElse(Message.EMPTY)));
        return new Asked(
                line, request, who, Optional.of(principal), client, Message.EMPTY, Optional.empty(), traceId, schemas);
    }

    private void initialize(Asked asked) {
        Optional<String> wanted = Members.text(asked.request().params(), "protocolVersion");
        if (wanted.isEmpty()) {
            endings.send(asked, false, Outcome.invalid("`protocolVersion` is required"));
            return;
        }
        String version = Protocol.LEGACY.contains(wanted.get()) ? wanted.get() : Protocol.LEGACY.getFirst();
        // The revision before knows no pages, whatever a client of it claims.
        ClientAbilities client = version.equals(Protocol.LEGACY.getFirst())
                ? asked.client()
                : asked.client().withoutPages();
        asked.line()
                .turn()
                .with(Protocol.HEADER_SESSION, sessions.begin(asked.principal().orElseThrow(), version, client));
        endings.send(
                asked,
                false,
                Outcome.done(Map.of(
                        "protocolVersion", Value.of(version),
                        "capabilities", methods.capabilities(false),
                        "serverInfo", serverInfo)));
    }

    private Optional<Session> session(Turn turn, Optional<Value> id, String principal) {
        Optional<String> named = turn.header(Protocol.HEADER_SESSION);
        if (named.isEmpty()) {
            turn.reply(
                    400,
                    Replies.error(id, Protocol.NO_SESSION, "`Mcp-Session-Id` is missing", Optional.empty())
                            .buffer());
            return Optional.empty();
        }
        Optional<Session> session = sessions.find(principal, named.get());
        if (session.isEmpty()) {
            // Foreign, expired, ended and made up look alike.
            turn.reply(
                    404,
                    Replies.error(id, Protocol.NO_SESSION, "no such session", Optional.empty())
                            .buffer());
            return Optional.empty();
        }
        Optional<String> version = turn.header(Protocol.HEADER_VERSION);
        if (version.isPresent() && !version.get().equals(session.get().version())) {
            turn.reply(
                    400,
                    Replies.error(
                                    id,
                                    Protocol.INVALID_REQUEST,
                                    "`MCP-Protocol-Version` is not the session's",
                                    Optional.empty())
                            .buffer());
            return Optional.empty();
        }
        return session;
    }

    private void note(Turn turn, Session session, Message.Notification notification) {
        if (notification.method().equals("notifications/cancelled")) {
            Value request = notification.params().values().get("requestId");
            if (request != null) {
                conversations.cancel(session, request);
            }
        }
        turn.empty(202);
    }

    private void answer(Session session, Asked asked) {
        String method = asked.request().method();
        boolean extras = methods.hasExtras();
        switch (method) {
            case "ping" -> endings.send(asked, false, Outcome.done(Map.of()));
            case "logging/setLevel" ->
                endings.send(asked, false, extras ? level(session, asked) : new Outcome.NoMethod());
            case "resources/subscribe", "resources/unsubscribe" ->
                endings.send(asked, false, extras ? Outcome.done(Map.of()) : new Outcome.NoMethod());
            default -> endings.send(asked, false, talked(session, asked));
        }
    }

    private Outcome level(Session session, Asked asked) {
        Optional<String> level = Members.text(asked.request().params(), "level").filter(Line::isLevel);
        if (level.isEmpty()) {
            return Outcome.invalid("`level` is one of the levels of RFC 5424 in lower case");
        }
        synchronized (levels) {
            levels.put(session.nonce(), level.get());
        }
        return Outcome.done(Map.of());
    }

    /// Runs a request, and whenever it needs something of the client, asks for it and runs it again.
    private Outcome talked(Session session, Asked first) {
        Asked asked = first;
        Outcome outcome = methods.run(asked);
        for (int round = 0; outcome instanceof Outcome.Ask ask; round++) {
            Optional<InputRequest> beyond = ask.inputs().values().stream()
                    .filter(input -> !session.client().can(input))
                    .findFirst();
            if (beyond.isPresent()) {
                return new Outcome.Lacking(ClientAbilities.required(beyond.get()));
            }
            if (ask.inputs().values().stream().allMatch(input -> input.kind() == InputRequest.Kind.URL)) {
                return new Outcome.Elsewhere(ask.inputs());
            }
            if (round == ROUNDS_MAX || !asked.line().streams()) {
                return Outcome.invalid("this cannot be answered without further questions");
            }
            switch (conversations.ask(session, asked.line(), asked.request().id(), ask.inputs())) {
                case Conversations.Heard.All all -> asked = asked.with(all.inputs(), ask.state());
                case Conversations.Heard.Nothing _ -> {
                    return Outcome.invalid("the client could not give what this needs");
                }
                case Conversations.Heard.Full _ -> {
                    return new Outcome.Refused(Listeners.FULL);
                }
                case Conversations.Heard.Gone _ -> {
                    return new Outcome.Gone();
                }
            }
            outcome = methods.run(asked);
        }
        return outcome;
    }
}

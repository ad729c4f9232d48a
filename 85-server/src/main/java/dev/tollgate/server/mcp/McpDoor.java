// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.http.Body;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.Members;
import dev.tollgate.server.wire.Parsed;
import dev.tollgate.terms.Value;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The MCP endpoint: reads one message from each POST, finds out which era it opens in, and hands it on.
public final class McpDoor implements Door {
    private final JsonReader reader;
    private final Traces traces;
    private final Modern modern;
    private final Legacy legacy;
    private final Listeners listeners;
    private final Conversations conversations;

    /// What the endpoint is made of.
    ///
    /// @param sealKey    the same on every node
    /// @param serverInfo name and version of this server
    public record Parts(
            Feature feature,
            Identities identities,
            Challenge challenge,
            JsonReader reader,
            Schemas schemas,
            Traces traces,
            Listeners listeners,
            Once once,
            SealingKey sealKey,
            Value.Fields serverInfo,
            HttpLimits limits,
            InstantSource clock,
            RandomGenerator random) {}

    /// Puts the parts together.
    public McpDoor(Parts parts) {
        Replies replies = new Replies(parts.serverInfo());
        RequestStates states = new RequestStates(parts.sealKey(), parts.once(), parts.clock(), parts.random());
        Endings endings = new Endings(replies, states, parts.identities(), parts.challenge());
        Methods methods = new Methods(parts.feature());
        this.reader = parts.reader();
        this.traces = parts.traces();
        this.listeners = parts.listeners();
        this.conversations = new Conversations(parts.clock(), parts.random());
        this.modern = new Modern(methods, endings, parts.identities(), states, listeners, parts.schemas(), replies);
        // Which sessions were ended is this node's own business: a session id opens nothing without credentials. And
        // a client that begins and ends sessions in a loop must not fill the memory that request states need.
        Once ended = new MemoryOnce(parts.clock());
        this.legacy = new Legacy(
                methods,
                endings,
                parts.identities(),
                new Sessions(parts.sealKey(), ended, parts.clock(), parts.random()),
                conversations,
                parts.schemas(),
                parts.serverInfo());
    }

    @Override
    public void serve(Turn turn) {
        switch (turn.method()) {
            case "POST" -> post(turn);
            case "DELETE" -> legacy.end(turn);
            // Neither era needs a GET stream here: the newer has none, the older may be refused one.
            default -> Problems.methodNotAllowed(turn, "POST, DELETE");
        }
    }

    /// Ends what stays open by itself, so that the server can stop.
    public void close() {
        listeners.close();
        conversations.close();
    }

    private void post(Turn turn) {
        String accept = turn.header("Accept").orElse("*/*").toLowerCase(Locale.ROOT);
        boolean any = accept.contains("*/*");
        if (!any && !accept.contains("application/json") && !accept.contains("application/*")) {
            transport(turn, 406, "`Accept` must list `application/json` and `text/event-stream`");
        } else if (!turn.carriesJson()) {
            transport(turn.closing(), 415, "the body must be `application/json` in UTF-8, uncompressed");
        } else {
            boolean streams = any || accept.contains("text/event-stream");
            switch (turn.body()) {
                case Body.Whole whole -> read(turn, whole.bytes(), streams);
                case Body.TooLarge _ -> transport(turn.closing(), 413, "the body is too large");
                case Body.TooSlow _ -> transport(turn.closing(), 408, "the body took too long to arrive");
                case Body.Broken _ -> transport(turn.closing(), 400, "the body did not arrive");
            }
        }
    }

    private void read(Turn turn, byte[] body, boolean streams) {
        switch (reader.read(body)) {
            case Parsed.Broken broken -> {
                boolean syntax = broken.fault() == Parsed.Fault.SYNTAX;
                turn.misread(broken.fault().sentence());
                int code = syntax ? Protocol.PARSE_ERROR : Protocol.INVALID_REQUEST;
                turn.reply(
                        400,
                        Replies.error(Optional.empty(), code, broken.fault().sentence(), Optional.empty())
                                .buffer());
            }
            case Parsed.Whole whole -> sort(turn, Message.of(whole.value()), streams);
        }
    }

    private void sort(Turn turn, Message message, boolean streams) {
        switch (message) {
            case Message.Invalid invalid -> {
                turn.misread(invalid.why());
                turn.reply(
                        400,
                        Replies.error(invalid.id(), Protocol.INVALID_REQUEST, invalid.why(), Optional.empty())
                                .buffer());
            }
            case Message.Request request -> traced(turn, request, streams);
            case Message.Notification notification -> {
                // The newer era defines no notification of a client; one that comes is taken and does nothing.
                if (Modern.speaks(turn, notification.params())) {
                    turn.empty(202);
                } else {
                    legacy.serve(turn, message, streams, Optional.empty());
                }
            }
            case Message.Response _ -> legacy.serve(turn, message, streams, Optional.empty());
        }
    }

    private void traced(Turn turn, Message.Request request, boolean streams) {
        Value.Fields meta = request.meta();
        Optional<String> parent = turn.header("traceparent").or(() -> Members.text(meta, "traceparent"));
        traces.around(request.method(), parent, turn.id(), traceId -> {
            if (Modern.speaks(turn, request.params())) {
                modern.serve(turn, request, streams, traceId);
            } else {
                legacy.serve(turn, request, streams, traceId);
            }
        });
    }

    private static void transport(Turn turn, int status, String message) {
        turn.reply(
                status,
                Replies.error(Optional.empty(), Protocol.TRANSPORT, message, Optional.empty())
                        .buffer());
    }
}

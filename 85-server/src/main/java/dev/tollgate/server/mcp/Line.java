// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.http.EventStream;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The way back to the client for one request. A plain JSON reply, unless something must be told before it: then
/// the reply becomes a stream of events that ends with it. When a stream breaks the client has gone, and nothing
/// more is sent.
///
/// A feature is told of a broken stream and is never interrupted: an interrupt that hits a write of the audit
/// log would close the log's file.
final class Line implements Reporter {
    /// Notifications of one request; the rest is dropped, so that a chatty feature cannot flood a slow client.
    private static final int NOTIFICATIONS_MAX = 1_000;

    private static final List<String> LEVELS =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private final Turn turn;
    private final boolean streams;
    private final Optional<Value> progressToken;
    private final int logFloor;

    private @Nullable EventStream events;
    private int told;

    /// @param streams       whether the client takes a stream of events
    /// @param progressToken what to tell progress under, when the client wants to know
    /// @param logLevel      the least level of log messages that the client wants, when it wants any
    Line(Turn turn, boolean streams, Optional<Value> progressToken, Optional<String> logLevel) {
        this.turn = turn;
        this.streams = streams;
        this.progressToken = progressToken;
        this.logFloor = logLevel.map(LEVELS::indexOf).filter(at -> at >= 0).orElse(LEVELS.size());
    }

    /// Whether a level is one of the protocol's.
    static boolean isLevel(String level) {
        return LEVELS.contains(level);
    }

    Turn turn() {
        return turn;
    }

    boolean streams() {
        return streams;
    }

    @Override
    public void progress(long done, long total) {
        progressToken.ifPresent(token -> {
            Map<String, Value> params = new TreeMap<>();
            params.put("progressToken", token);
            params.put("progress", Value.of(done));
            params.put("total", Value.of(total));
            tell("notifications/progress", params);
        });
    }

    @Override
    public void log(String level, String message) {
        if (LEVELS.indexOf(level) >= logFloor) {
            tell(
                    "notifications/message",
                    Map.of("level", Value.of(level), "logger", Value.of("tollgate"), "data", Value.of(message)));
        }
    }

    @Override
    public boolean present() {
        return events == null || events.open();
    }

    private void tell(String method, Map<String, Value> params) {
        if (streams && told < NOTIFICATIONS_MAX) {
            told++;
            send(Replies.notification(method, new Value.Fields(params)));
        }
    }

    /// Sends a message before the reply. False when the client has gone or takes no stream.
    boolean send(JsonWriter message) {
        return streams && stream().send(message.buffer());
    }

    /// Keeps the stream alive. False when the client has gone.
    boolean beat() {
        return streams && stream().beat();
    }

    /// Sends the reply and ends.
    void finish(int status, JsonWriter reply) {
        EventStream open = events;
        if (open == null) {
            turn.reply(status, reply.buffer());
        } else {
            open.send(reply.buffer());
            open.close();
        }
    }

    /// Ends without a reply.
    void hangUp() {
        stream().close();
    }

    private EventStream stream() {
        EventStream open = events;
        if (open == null) {
            open = turn.events();
            events = open;
        }
        return open;
    }
}

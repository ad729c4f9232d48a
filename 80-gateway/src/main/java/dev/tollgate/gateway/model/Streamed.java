// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.connectors.model.ModelEvents;
import dev.tollgate.connectors.model.ModelJson;
import dev.tollgate.connectors.model.ModelReply;
import dev.tollgate.gateway.ModelFront.Event;
import dev.tollgate.gateway.ModelFront.Flow;
import dev.tollgate.gateway.ModelFront.Format;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// An answer that comes piece by piece: each event is looked at, and whether the caller may still go on is asked anew.
/// The last event waits until the log has the outcome. For one thread.
final class Streamed implements Flow {
    private static final String DONE = "[DONE]";

    private final Ongoing ongoing;
    private final ModelReply reply;
    private final ModelEvents events;
    private final Deltas deltas;
    private final Deque<Event> ready = new ArrayDeque<>();
    private Optional<Refusal> failure = Optional.empty();
    private boolean over;

    Streamed(Ongoing ongoing, ModelReply reply, Sieve sieve) {
        this.ongoing = ongoing;
        this.reply = reply;
        this.events = reply.stream();
        this.deltas = new Deltas(ongoing.format(), sieve);
    }

    @Override
    public Optional<Event> next() {
        while (ready.isEmpty() && !over) {
            advance();
        }
        return Optional.ofNullable(ready.poll());
    }

    @Override
    public Optional<Refusal> failure() {
        return failure;
    }

    private void advance() {
        if (ongoing.standing() instanceof Step.Refused<?> stopped) {
            fail(stopped.why(), "stopped");
            return;
        }
        try {
            Optional<ModelEvents.Event> came = events.next();
            if (came.isEmpty()) {
                flush();
                boolean whole = ongoing.format() == Format.MESSAGES;
                fail(new Refusal.UpstreamFailed(Ongoing.SYSTEM, whole ? "garbage" : "unreachable"), "broken");
            } else {
                came(new Event(came.get().name(), came.get().data()));
            }
        } catch (IOException _) {
            flush();
            fail(new Refusal.UpstreamFailed(Ongoing.SYSTEM, "unreachable"), "broken");
        } catch (Deltas.Withheld _) {
            fail(new Refusal.Withheld("a part of it cannot be looked at"), "withheld");
        }
    }

    private void came(Event event) {
        ongoing.received(event.data());
        if (event.data().equals(DONE)) {
            flush();
            last(event);
            return;
        }
        if (!(ModelJson.read(event.data()).orElse(Value.NULL) instanceof Value.Fields value)) {
            fail(new Refusal.UpstreamFailed(Ongoing.SYSTEM, "garbage"), "broken");
            return;
        }
        Deltas.model(value).ifPresent(ongoing::answeredBy);
        boolean closing = Value.of("message_stop").equals(value.values().get("type"));
        boolean failing = value.values().containsKey("error");
        if (failing) {
            flush();
            fail(new Refusal.UpstreamFailed(Ongoing.SYSTEM, "rejected"), "broken");
            return;
        }
        List<Event> on = deltas.pass(event, value).stream()
                .map(one -> new Event(one.getKey().name(), ModelJson.text(one.getValue())))
                .toList();
        on.subList(0, on.size() - 1).forEach(this::let);
        if (closing) {
            last(on.getLast());
        } else {
            let(on.getLast());
        }
    }

    private void flush() {
        deltas.flush().forEach(rest -> let(new Event(rest.getKey().name(), ModelJson.text(rest.getValue()))));
    }

    private void let(Event event) {
        ongoing.released(event.data().getBytes(StandardCharsets.UTF_8));
        ready.add(event);
    }

    private void last(Event event) {
        over = true;
        ongoing.released(event.data().getBytes(StandardCharsets.UTF_8));
        switch (ongoing.end(Optional.empty(), "closed")) {
            case Step.Passed<Long> _ -> ready.add(event);
            case Step.Refused<Long> unrecorded -> failure = Optional.of(unrecorded.why());
        }
    }

    private void fail(Refusal why, String word) {
        over = true;
        Refusal told =
                ongoing.end(Optional.of(why), word) instanceof Step.Refused<Long> unrecorded ? unrecorded.why() : why;
        failure = Optional.of(told);
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            var _ = ongoing.end(Optional.empty(), "left");
        }
        reply.close();
    }
}

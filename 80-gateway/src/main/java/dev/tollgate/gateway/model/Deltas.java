// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.gateway.ModelFront.Event;
import dev.tollgate.gateway.ModelFront.Format;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The events of a streamed answer without secrets. Each running text in them (an answer, a thought, a tool's
/// arguments) trickles on its own; what was held back of it comes in an event of its own before the text's end.
final class Deltas {
    /// Members that hold a piece of a running text, by the member above them.
    private static final Map<String, Set<String>> PIECES = Map.of(
            "delta", Set.of("content", "refusal", "reasoning_content", "reasoning", "text", "partial_json", "thinking"),
            "function", Set.of("arguments"));

    /// Texts that run at once: an answer, its thoughts, and the tools that it calls in one go.
    private static final int RUNNING_MAX = 128;

    private final Format format;
    private final Sieve sieve;
    private final Map<String, Running> running = new LinkedHashMap<>();

    private static final class Running {
        private final Trickle trickle;
        private Event event;
        private Value.Fields last;

        Running(Trickle trickle, Event event, Value.Fields last) {
            this.trickle = trickle;
            this.event = event;
            this.last = last;
        }

        /// The newest event that this text came in: what is held back comes in one like it.
        void seen(Event newest, Value.Fields value) {
            event = newest;
            last = value;
        }
    }

    /// An answer that must not go on: a word without an end, or more texts at once than an answer has.
    static final class Withheld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Withheld() {
            super("withheld", null, false, false);
        }
    }

    /// What becomes of a piece of a running text.
    private interface Passing {
        String piece(String key, String text);
    }

    Deltas(Format format, Sieve sieve) {
        this.format = format;
        this.sieve = sieve;
    }

    /// The events that go on for one that came: what is held back of texts that end here, and the event itself.
    ///
    /// @throws Withheld when the answer must not go on
    List<Map.Entry<Event, Value.Fields>> pass(Event event, Value.Fields value) {
        List<Map.Entry<Event, Value.Fields>> on = new ArrayList<>();
        if (ends(value)) {
            Value.Fields last = fields(value, "", "", (key, text) -> {
                Trickle trickle = run(key, event, value).trickle;
                return trickle.add(text).orElseThrow(Withheld::new) + trickle.end();
            });
            on.addAll(flush());
            on.add(Map.entry(event, last));
            return on;
        }
        List<String> touched = new ArrayList<>();
        Value.Fields passed = fields(value, "", "", (key, text) -> {
            touched.add(key);
            return run(key, event, value).trickle.add(text).orElseThrow(Withheld::new);
        });
        touched.forEach(key -> run(key, event, value).seen(event, value));
        on.add(Map.entry(event, passed));
        return on;
    }

    /// All that was held back.
    List<Map.Entry<Event, Value.Fields>> flush() {
        List<Map.Entry<Event, Value.Fields>> rest = new ArrayList<>();
        running.forEach((key, text) -> {
            String end = text.trickle.end();
            if (!end.isEmpty()) {
                rest.add(Map.entry(text.event, fields(text.last, "", "", (other, _) -> other.equals(key) ? end : "")));
            }
        });
        running.clear();
        return rest;
    }

    private Running run(String key, Event event, Value.Fields value) {
        if (running.size() >= RUNNING_MAX && !running.containsKey(key)) {
            throw new Withheld();
        }
        return running.computeIfAbsent(key, _ -> new Running(sieve.trickle(), event, value));
    }

    /// Whether texts end with this event.
    private boolean ends(Value.Fields value) {
        return switch (format) {
            case MESSAGES -> {
                Value type = value.values().getOrDefault("type", Value.NULL);
                yield !type.equals(Value.of("content_block_delta")) && !type.equals(Value.of("ping"));
            }
            case CHAT_COMPLETIONS ->
                value.values().get("choices") instanceof Value.Items(List<Value> choices)
                        && choices.stream().anyMatch(Deltas::finished);
        };
    }

    private static boolean finished(Value choice) {
        return choice instanceof Value.Fields(Map<String, Value> fields)
                && !fields.getOrDefault("finish_reason", Value.NULL).equals(Value.NULL);
    }

    private Value.Fields fields(Value.Fields value, String key, String above, Passing passing) {
        String own = value.values().get("index") instanceof Value.Num(BigDecimal number)
                ? key + "#" + number.toPlainString()
                : key;
        Map<String, Value> passed = new TreeMap<>();
        value.values().forEach((name, part) -> {
            boolean piece = PIECES.getOrDefault(above, Set.of()).contains(name);
            passed.put(
                    sieve.clean(name),
                    piece && part instanceof Value.Text(String text)
                            ? Value.of(passing.piece(own + "/" + name, text))
                            : any(part, own, name, passing));
        });
        return new Value.Fields(passed);
    }

    private Value any(Value part, String key, String above, Passing passing) {
        return switch (part) {
            case Value.Fields fields -> fields(fields, key, above, passing);
            case Value.Items(List<Value> items) -> {
                List<Value> passed = new ArrayList<>(items.size());
                items.forEach(item -> passed.add(any(item, key, above, passing)));
                yield new Value.Items(passed);
            }
            case Value.Text(String text) -> Value.of(sieve.clean(text));
            case Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> part;
        };
    }

    /// The model's version, as an event says it.
    static Optional<String> model(Value.Fields value) {
        Value own = value.values().getOrDefault("model", Value.NULL);
        Value within = value.values().get("message") instanceof Value.Fields(Map<String, Value> message)
                ? message.getOrDefault("model", Value.NULL)
                : Value.NULL;
        if (own instanceof Value.Text(String text)) {
            return Optional.of(text);
        }
        return within instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
    }
}

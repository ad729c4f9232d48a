// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

import dev.tollgate.audit.RecordedCalls;
import dev.tollgate.audit.StoredEntry;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells recorded calls one after the other: what was asked, what was noticed in what came back, how risky the agent
/// looked by then, and which gate stopped what (requirement S2-17). Words of the log only, never values.
public final class Timeline {
    private int calls;
    private final Map<String, Integer> words = new TreeMap<>();

    /// One call, as one object.
    public Value line(RecordedCalls.Kept call, Replayed again) {
        calls++;
        words.merge(again.word(), 1, Integer::sum);
        StoredEntry entry = call.entry();
        Map<String, Value> line = new TreeMap<>();
        line.put("log_index", Value.of(entry.index()));
        entry.at().ifPresent(at -> line.put("at", Value.of(at.toString())));
        for (String name : List.of("request", "tool")) {
            entry.text(name).ifPresent(text -> line.put(name, Value.of(text)));
        }
        for (String name : List.of("agent", "user", "task", "session", "workflow")) {
            entry.text("caller/" + name).ifPresent(text -> line.put(name, Value.of(text)));
        }
        for (String name : List.of("tool", "verb", "object", "system", "destination")) {
            entry.text("call/" + name).ifPresent(text -> line.put(name, Value.of(text)));
        }
        line.put("fields", Value.texts(entry.texts("call/fields")));
        line.put("noticed", Value.texts(noticed(call)));
        line.put("recorded", recorded(call));
        line.put("again", again(again));
        gate(call).ifPresent(gate -> line.put("gate", Value.of(gate)));
        return new Value.Fields(line);
    }

    /// How many calls came to what.
    public Value summary() {
        Map<String, Value> counts = new TreeMap<>();
        counts.put("calls", Value.of(calls));
        for (String word : List.of("equal", "different", "erased", "not-re-decidable", "not-decided")) {
            counts.put(word.replace('-', '_'), Value.of(words.getOrDefault(word, 0)));
        }
        return new Value.Fields(Map.of("summary", new Value.Fields(counts)));
    }

    /// Whether anything came out otherwise than it is in the log.
    public boolean differs() {
        return words.containsKey("different");
    }

    /// One call in a few lines for people.
    public static List<String> story(RecordedCalls.Kept call, Replayed again) {
        StoredEntry entry = call.entry();
        List<String> lines = new ArrayList<>();
        String what = entry.text("call/tool").or(() -> entry.text("tool")).orElse("?") + " "
                + entry.text("call/verb").orElse("") + " "
                + entry.text("call/object").orElse("");
        lines.add(entry.at().map(Object::toString).orElse("?") + "  #" + entry.index() + "  "
                + entry.text("caller/agent").orElse("nobody known") + " for "
                + entry.text("caller/user").orElse("nobody known") + ": " + what.strip() + " -> "
                + entry.text("call/destination").orElse("agent"));
        noticed(call).forEach(one -> lines.add("    noticed: " + one));
        lines.add("    "
                + gate(call).map(gate -> "STOPPED: " + gate).orElse("let through by " + rules(entry))
                + "; again: " + again.word());
        if (again instanceof Replayed.Again decided) {
            decided.differences()
                    .forEach(one -> lines.add(
                            "    now: " + one.what() + ": `" + one.recorded() + "` becomes `" + one.again() + "`"));
        }
        return lines;
    }

    private static String rules(StoredEntry entry) {
        return "rule `" + String.join("`, `", entry.texts("ruling/rules")) + "`";
    }

    /// What there was to be seen: in what the call brought back, and of the agent before it.
    private static List<String> noticed(RecordedCalls.Kept call) {
        List<String> noticed = new ArrayList<>();
        StoredEntry entry = call.entry();
        String level = entry.text("risk/level").orElse("low");
        if (!level.equals("low") || !entry.items("risk/signals").isEmpty()) {
            List<String> signals = new ArrayList<>();
            for (Value item : entry.items("risk/signals")) {
                if (item instanceof Value.Fields signal) {
                    signals.add(
                            new StoredEntry(entry.index(), signal).text("name").orElse(""));
                }
            }
            noticed.add("risk " + level + " (" + String.join(", ", signals) + ")");
        }
        entry.text("flow/integrity")
                .filter("third-party"::equals)
                .ifPresent(_ -> noticed.add("the agent holds strangers' text"));
        entry.members("ruling/findings")
                .forEach((word, count) -> noticed.add("the message holds " + word + " (" + number(count) + ")"));
        call.outcome().ifPresent(outcome -> {
            outcome.number("returned/findings/suspects")
                    .filter(count -> count > 0)
                    .ifPresent(count -> noticed.add("texts that give orders to a model: " + count));
            outcome.members("returned/findings/removed")
                    .forEach((kind, count) -> noticed.add("taken out: " + kind + " (" + number(count) + ")"));
        });
        return noticed;
    }

    private static String number(Value value) {
        return value instanceof Value.Num(BigDecimal number) ? number.toPlainString() : "?";
    }

    /// What stopped the call; nothing when nothing did.
    private static java.util.Optional<String> gate(RecordedCalls.Kept call) {
        StoredEntry entry = call.entry();
        if (entry.kind().equals("refused")) {
            return java.util.Optional.of(entry.text("result").orElse("refused") + " before policy was asked");
        }
        String outcome = entry.text("ruling/outcome").orElse("");
        if (!outcome.equals("permit")) {
            return java.util.Optional.of(
                    outcome + " (" + entry.text("ruling/reason").orElse("") + ") by " + rules(entry));
        }
        return call.outcome()
                .flatMap(end -> end.text("result"))
                .filter(result -> !result.equals("released"))
                .map(result -> result + " after the decision");
    }

    private static Value recorded(RecordedCalls.Kept call) {
        StoredEntry entry = call.entry();
        Map<String, Value> said = new TreeMap<>();
        for (String name : List.of("decision", "policy", "outcome", "reason")) {
            entry.text("ruling/" + name).ifPresent(text -> said.put(name, Value.of(text)));
        }
        said.put("rules", Value.texts(entry.texts("ruling/rules")));
        said.put(
                "result",
                call.outcome()
                        .flatMap(end -> end.text("result"))
                        .or(() -> entry.text("result"))
                        .map(Value::of)
                        .orElse(Value.NULL));
        return new Value.Fields(said);
    }

    private static Value again(Replayed again) {
        Map<String, Value> said = new TreeMap<>();
        said.put("word", Value.of(again.word()));
        switch (again) {
            case Replayed.Again decided -> {
                said.put("policy", Value.of(decided.under().value()));
                said.put("outcome", Value.of(decided.outcome()));
                said.put("rules", Value.texts(decided.rules()));
                List<Value> differences = new ArrayList<>();
                decided.differences()
                        .forEach(one -> differences.add(new Value.Fields(Map.of(
                                "what", Value.of(one.what()),
                                "recorded", Value.of(one.recorded()),
                                "again", Value.of(one.again())))));
                said.put("differences", new Value.Items(differences));
            }
            case Replayed.Erased erased -> said.put("erased", Value.texts(erased.what()));
            case Replayed.Impossible impossible -> said.put("why", Value.of(impossible.why()));
            case Replayed.NotDecided _ -> {
                // There is nothing to say of it.
            }
        }
        return new Value.Fields(said);
    }
}

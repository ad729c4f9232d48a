// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.audit;

import dev.tollgate.audit.StoredEntry;
import dev.tollgate.console.page.Moments;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One call as the log tells it: each entry that it caused, in order.
///
/// @param request the call
/// @param entries in the order of the log
public record CallTrail(String request, List<Entry> entries) {
    private static final List<List<String>> FACTS = List.of(
            List.of("agent", "caller/agent"),
            List.of("for", "caller/user"),
            List.of("intent", "caller/intent"),
            List.of("tool", "call/tool"),
            List.of("object", "call/object"),
            List.of("verb", "call/verb"),
            List.of("destination", "call/destination"),
            List.of("risk", "risk/level"),
            List.of("policy said", "ruling/outcome"),
            List.of("because", "ruling/reason"),
            List.of("policy", "ruling/policy"),
            List.of("decision", "ruling/decision"),
            List.of("token", "token/id"),
            List.of("result", "result"),
            List.of("refused because", "refusal"),
            List.of("event", "event"),
            List.of("by", "by"));

    /// One entry.
    ///
    /// @param stage  what the gateway was doing
    /// @param index  its place in the log
    /// @param facts  what it says
    /// @param fields the verdict on each field; none for entries that decide nothing
    public record Entry(String stage, long index, String at, List<Fact> facts, List<AuditFound.Field> fields) {
        public Entry {
            facts = List.copyOf(facts);
            fields = List.copyOf(fields);
        }
    }

    /// One thing that an entry says.
    public record Fact(String label, String value) {}

    public CallTrail {
        entries = List.copyOf(entries);
    }

    static CallTrail of(String request, List<StoredEntry> found) {
        return new CallTrail(request, found.stream().map(CallTrail::entry).toList());
    }

    private static Entry entry(StoredEntry entry) {
        List<Fact> facts = new ArrayList<>();
        for (List<String> fact : FACTS) {
            entry.text(fact.get(1)).ifPresent(value -> facts.add(new Fact(fact.get(0), value)));
        }
        rules(entry).ifPresent(rules -> facts.add(new Fact("rules", rules)));
        entry.number("timings_micros/total").ifPresent(micros -> facts.add(new Fact("took", micros + " µs")));
        return new Entry(
                stage(entry.kind()),
                entry.index(),
                entry.at().map(Moments::exactly).orElse(""),
                facts,
                entry.items("ruling/verdicts").stream()
                        .filter(Value.Fields.class::isInstance)
                        .map(item -> field(new StoredEntry(entry.index(), (Value.Fields) item)))
                        .toList());
    }

    private static Optional<String> rules(StoredEntry entry) {
        List<String> rules = entry.texts("ruling/rules");
        return rules.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rules));
    }

    private static AuditFound.Field field(StoredEntry verdict) {
        String view = verdict.text("view").orElse("withheld");
        return new AuditFound.Field(
                verdict.text("field").orElse(""),
                verdict.text("at_most")
                        .map(most -> view + " to " + most + ", by row")
                        .orElse(view),
                verdict.text("class").orElse(""),
                String.join(", ", verdict.texts("rules")));
    }

    private static String stage(String kind) {
        return switch (kind) {
            case "decision" -> "Decided";
            case "outcome" -> "Ended";
            case "refused" -> "Refused at the door";
            case "examined" -> "Read what it would change";
            case "token-issued" -> "Decision token handed out";
            case "secret-leased" -> "Credential leased";
            case "administered" -> "By a person";
            default -> kind;
        };
    }
}

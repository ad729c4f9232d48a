// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

import dev.tollgate.policy.Evidence;
import dev.tollgate.policy.Outgoing;
import dev.tollgate.policy.Prior;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.TaskFacts;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a decision was taken on beside what its entry says: the part of a situation that is about persons and records,
/// as the log's vault keeps it. The moment is in the decision's id; risk, flow, findings and warrant are in the entry.
public final class SituationForm {
    private static final String STEP_UP = "step_up";
    private static final String APPROVAL = "approval";
    private static final String TIER = "tier";
    private static final String PRIORS = "priors";
    private static final String RECIPIENTS = "recipients";
    private static final String MASKED = "masked";
    private static final String COMPLETED = "completed";
    private static final String APPLIES = "applies";

    private SituationForm() {}

    /// What is kept of a situation; nothing when the entry says it all, as of most readings.
    public static Optional<Value> write(Situation situation) {
        Map<String, Value> kept = new TreeMap<>();
        situation
                .evidence()
                .stepUp()
                .ifPresent(step -> kept.put(
                        STEP_UP, fields("at", Value.of(step.at().toString()), "method", Value.of(step.method()))));
        situation.evidence().approval().ifPresent(approval -> {
            Map<String, Value> by = new TreeMap<>(
                    Map.of("at", Value.of(approval.at().toString()), "approver", Value.of(approval.approver())));
            by.put("count", Value.of(approval.count()));
            kept.put(APPROVAL, new Value.Fields(by));
        });
        situation.customerTier().ifPresent(tier -> kept.put(TIER, Value.of(tier)));
        if (!situation.priors().isEmpty()) {
            List<Value> priors = new ArrayList<>();
            situation.priors().forEach(prior -> priors.add(write(prior)));
            kept.put(PRIORS, new Value.Items(priors));
        }
        Outgoing.Recipients recipients = situation.outgoing().recipients();
        if (!recipients.equals(Outgoing.Recipients.NOBODY)) {
            Map<String, Value> facts = new TreeMap<>();
            facts.put("on_file", Value.of(recipients.onFile()));
            facts.put("internal", Value.of(recipients.internal()));
            facts.put("new_domain", Value.of(recipients.newDomain()));
            kept.put(RECIPIENTS, new Value.Fields(facts));
        }
        if (situation.outgoing().masked().isPresent()) {
            kept.put(MASKED, Value.of(true));
        }
        if (!situation.task().completed().isEmpty()) {
            kept.put(
                    COMPLETED,
                    Value.texts(situation.task().completed().stream().sorted().toList()));
        }
        situation.task().applies().ifPresent(facts -> kept.put(APPLIES, facts(facts)));
        return kept.isEmpty() ? Optional.empty() : Optional.of(new Value.Fields(kept));
    }

    private static Value fields(String one, Value first, String other, Value second) {
        return new Value.Fields(Map.of(one, first, other, second));
    }

    private static Value write(Prior prior) {
        Map<String, Value> before = new TreeMap<>();
        prior.before().forEach((field, value) -> before.put(field, Tagged.write(value)));
        Map<String, Value> kept =
                new TreeMap<>(Map.of("before", new Value.Fields(before), "facts", facts(prior.facts())));
        prior.version().ifPresent(version -> kept.put("version", Value.of(version)));
        return new Value.Fields(kept);
    }

    private static Value facts(Map<Fact, Value> known) {
        Map<String, Value> facts = new TreeMap<>();
        known.forEach((fact, value) -> facts.put(fact.word(), Tagged.write(value)));
        return new Value.Fields(facts);
    }

    private static Map<Fact, Value> facts(Map<String, Value> from, String name) {
        Map<Fact, Value> facts = new EnumMap<>(Fact.class);
        tagged(from, name).forEach((word, value) -> facts.put(fact(word), value));
        return facts;
    }

    private static TaskFacts task(Map<String, Value> parts) {
        Set<String> completed = new TreeSet<>();
        if (parts.get(COMPLETED) instanceof Value.Items(List<Value> items)) {
            items.forEach(item -> completed.add(text(item)));
        }
        TaskFacts task = TaskFacts.NONE.with(completed);
        return parts.containsKey(APPLIES) ? task.about(facts(parts, APPLIES)) : task;
    }

    /// The situation with what was kept. Words of the entry are added by whoever reads the entry.
    ///
    /// @param kept nothing when nothing was kept
    static Situation read(Situation known, Optional<Value> kept) {
        if (!(kept.orElse(Value.NULL) instanceof Value.Fields(Map<String, Value> parts))) {
            return known;
        }
        Situation read = known.with(evidence(parts))
                .with(task(parts))
                .withTier(Optional.ofNullable(parts.get(TIER)).map(SituationForm::text))
                .with(priors(parts.getOrDefault(PRIORS, Value.NULL)));
        Optional<java.util.SortedMap<String, Value>> masked =
                parts.containsKey(MASKED) ? Optional.of(new TreeMap<>()) : Optional.empty();
        return read.with(new Outgoing(
                recipients(parts.getOrDefault(RECIPIENTS, Value.NULL)),
                known.outgoing().findings(),
                masked));
    }

    private static Evidence evidence(Map<String, Value> parts) {
        Optional<Evidence.StepUp> stepUp = parts.get(STEP_UP) instanceof Value.Fields(Map<String, Value> step)
                ? Optional.of(new Evidence.StepUp(instant(step, "at"), text(step, "method")))
                : Optional.empty();
        Optional<Evidence.Approval> approval = parts.get(APPROVAL) instanceof Value.Fields(Map<String, Value> by)
                ? Optional.of(new Evidence.Approval(
                        instant(by, "at"),
                        text(by, "approver"),
                        by.get("count") instanceof Value.Num(BigDecimal count) ? count.intValueExact() : 0))
                : Optional.empty();
        return new Evidence(stepUp, approval);
    }

    private static List<Prior> priors(Value kept) {
        List<Prior> priors = new ArrayList<>();
        if (kept instanceof Value.Items(List<Value> items)) {
            for (Value item : items) {
                if (!(item instanceof Value.Fields(Map<String, Value> prior))) {
                    throw new Unreadable("what a record held");
                }
                priors.add(new Prior(
                        tagged(prior, "before"),
                        facts(prior, "facts"),
                        Optional.ofNullable(prior.get("version")).map(SituationForm::text)));
            }
        }
        return priors;
    }

    private static Fact fact(String word) {
        for (Fact fact : Fact.values()) {
            if (fact.word().equals(word)) {
                return fact;
            }
        }
        throw new Unreadable("a fact of a record");
    }

    private static Map<String, Value> tagged(Map<String, Value> from, String name) {
        Map<String, Value> values = new TreeMap<>();
        if (from.get(name) instanceof Value.Fields(Map<String, Value> tagged)) {
            tagged.forEach((field, value) -> values.put(field, Tagged.read(value)));
        }
        return values;
    }

    private static Outgoing.Recipients recipients(Value kept) {
        return kept instanceof Value.Fields(Map<String, Value> facts)
                ? new Outgoing.Recipients(truth(facts, "on_file"), truth(facts, "internal"), truth(facts, "new_domain"))
                : Outgoing.Recipients.NOBODY;
    }

    private static boolean truth(Map<String, Value> from, String name) {
        return from.get(name) instanceof Value.Bool(boolean truth) && truth;
    }

    private static Instant instant(Map<String, Value> from, String name) {
        return Instant.parse(text(from, name));
    }

    private static String text(Map<String, Value> from, String name) {
        return text(from.getOrDefault(name, Value.NULL));
    }

    private static String text(Value value) {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw new Unreadable("a word of a situation");
    }
}

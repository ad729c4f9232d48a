// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Asks whether a message may leave through its sink: as it was written, or else without what
/// inspection found. There is one answer for the whole message, since nobody sends half of it; classes
/// that the workflow does not name stay.
record Sending(Frame frame, Write.Send send, Judge judge, Outgoing outgoing) {
    Attempt run() {
        for (String name : new TreeSet<>(send.values().keySet())) {
            boolean reachable =
                    frame.object().field(name).filter(judge::inClass).isPresent();
            if (!reachable) {
                return failed(Reason.OUT_OF_CLASS, List.of(Gate.rule(frame.workflow())));
            }
        }
        Ruling first = judge.send(View.CLEAR, outgoing);
        if (first instanceof Ruling.Granted granted) {
            return held(View.CLEAR, granted.rules());
        }
        if (outgoing.masked().isPresent()
                && judge.send(View.MASKED, outgoing) instanceof Ruling.Granted(List<RuleId> rules)) {
            return held(View.MASKED, rules);
        }
        return first instanceof Ruling.Refused(List<RuleId> rules, Reason reason)
                ? failed(reason, rules)
                : failed(Reason.DEFAULT_DENY, List.of(Judge.DEFAULT_DENY));
    }

    private static Attempt failed(Reason reason, List<RuleId> by) {
        return new Attempt.Failed(reason, by, new Refusal.Denied(by.getFirst(), reason.word()));
    }

    private Attempt held(View view, List<RuleId> by) {
        SortedMap<String, FieldVerdict> verdicts = new TreeMap<>();
        SortedMap<String, Finding> returned = new TreeMap<>();
        SortedSet<String> fetch = new TreeSet<>();
        Set<RuleId> determining = new LinkedHashSet<>(by);
        Judge.Row row = judge.row(Map.of(), Set.of());
        Set<String> read = new LinkedHashSet<>(send.fields());
        read.add(frame.object().idField());
        for (String name : read) {
            Finding finding = frame.object()
                    .field(name)
                    .map(field -> judge.find(field, Verb.READ, row))
                    .orElseGet(() -> judge.findUnknown(name, row));
            returned.put(name, finding);
            verdicts.put(name, finding.verdict());
            if (finding.verdict().atMost() != View.WITHHELD && send.fields().contains(name)) {
                fetch.add(name);
                determining.addAll(finding.verdict().rules());
            }
        }
        send.values()
                .keySet()
                .forEach(name ->
                        frame.object().field(name).ifPresent(field -> verdicts.put(name, verdict(field, view, by))));
        return new Attempt.Held(
                verdicts,
                frame.object().idField(),
                frame.rules(),
                fetch,
                false,
                List.copyOf(determining),
                new PerRow(frame, judge, returned, frame.rules()));
    }

    private FieldVerdict verdict(FieldType field, View view, List<RuleId> by) {
        FieldPath path = new FieldPath(frame.object().name(), field.name());
        return new FieldVerdict(path, field.dataClass(), view, view, by, Reason.PERMITTED);
    }
}

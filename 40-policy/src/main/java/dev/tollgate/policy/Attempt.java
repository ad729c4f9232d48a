// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One try at deciding an operation with the evidence at hand: held or failed.
sealed interface Attempt {
    /// It may go on.
    record Held(
            SortedMap<String, FieldVerdict> verdicts,
            String idField,
            List<RowRule> rules,
            SortedSet<String> fetch,
            boolean perRow,
            List<RuleId> determining,
            Decision.Rows rows)
            implements Attempt {}

    /// It may not.
    record Failed(Reason reason, List<RuleId> rules, Refusal refusal) implements Attempt {}

    /// A row of which only the rules' equalities are known: every row that breaks them is dropped before it
    /// is seen.
    static Judge.Row open(Frame frame, Iterable<RowRule> rules, Judge judge, Optional<Prior> prior) {
        if (prior.isPresent()) {
            return judge.row(prior.get().facts(), Set.of());
        }
        Map<Fact, Value> known = new EnumMap<>(Fact.class);
        for (RowRule rule : rules) {
            if (rule.comparison() == Comparison.EQUALS) {
                known.put(rule.fact(), rule.value());
            }
        }
        Set<Fact> unknown = EnumSet.noneOf(Fact.class);
        // A new record has the facts that the rules give it and no others.
        if (frame.tool().verb() != Verb.CREATE) {
            unknown.addAll(frame.object().facts().keySet());
            unknown.removeAll(known.keySet());
        }
        return judge.open(known, unknown);
    }

    /// Asks about every field of the operation and puts the answers together.
    final class Ask {
        private final Frame frame;
        private final Operation operation;
        private final Judge judge;
        private final Optional<Prior> prior;
        private final Set<RowRule> rules;
        private final Set<RuleId> permitting = new LinkedHashSet<>();

        Ask(Frame frame, Operation operation, Judge judge, Optional<Prior> prior) {
            this.prior = prior;
            this.frame = frame;
            this.operation = operation;
            this.judge = judge;
            this.rules = new LinkedHashSet<>(frame.rules());
        }

        Attempt run() {
            Judge.Row row = open(frame, rules, judge, prior);
            SortedMap<String, Finding> first = find(row);
            Optional<Failed> failed = demand(first).or(() -> probe(first, row));
            if (failed.isPresent()) {
                return failed.get();
            }
            // What was pushed is now known of every row, which settles fields that depended on it.
            SortedMap<String, Finding> settled =
                    rules.size() == frame.rules().size() ? first : find(open(frame, rules, judge, prior));
            return held(settled);
        }

        private SortedMap<String, Finding> find(Judge.Row row) {
            SortedMap<String, Finding> findings = new TreeMap<>();
            for (String name : decided()) {
                findings.put(name, find(name, row));
            }
            return findings;
        }

        private Finding find(String name, Judge.Row row) {
            Verb verb = returned(name) ? reading() : frame.tool().verb();
            return field(name).map(known -> judge.find(known, verb, row)).orElseGet(() -> judge.findUnknown(name, row));
        }

        private Optional<FieldType> field(String name) {
            return frame.object().fields().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst();
        }

        /// What comes back of a change is read, whatever else is done to it.
        private Verb reading() {
            return frame.tool().verb().changes() ? Verb.READ : frame.tool().verb();
        }

        private boolean returned(String name) {
            return operation.fields().contains(name)
                    || name.equals(frame.object().idField());
        }

        private Set<String> decided() {
            Set<String> decided = new LinkedHashSet<>(operation.touched());
            decided.add(frame.object().idField());
            return decided;
        }

        /// The rules that let each written field through; nothing for a field that none does.
        SortedMap<String, List<RuleId>> granted() {
            Judge.Row row = open(frame, rules, judge, prior);
            SortedMap<String, List<RuleId>> granted = new TreeMap<>();
            for (String name : probed()) {
                if (written(name, row).clear() instanceof Ruling.Granted by) {
                    granted.put(name, by.rules());
                }
            }
            return granted;
        }

        /// What must hold for the whole; pushes conditions on rows where that makes it hold.
        private Optional<Failed> demand(SortedMap<String, Finding> findings) {
            for (Finding finding : findings.values()) {
                if (finding.field().conceal() && finding.verdict().atMost() == View.WITHHELD) {
                    return Optional.of(nonexistent(finding));
                }
            }
            Finding id =
                    java.util.Objects.requireNonNull(findings.get(frame.object().idField()));
            boolean reads = !frame.tool().verb().changes();
            if (reads && id.verdict().atMost() == View.WITHHELD) {
                return Optional.of(failed(id.verdict().reason(), id.verdict().rules()));
            }
            if (reads) {
                rules.addAll(id.needed());
            }
            boolean existing = operation instanceof Write write && write.replaces();
            if (existing && id.verdict().view() == View.WITHHELD) {
                // A record that may not be seen and one that is not there are one thing.
                return Optional.of(
                        new Failed(id.verdict().reason(), id.verdict().rules(), new Refusal.NotFound()));
            }
            boolean counts = operation instanceof Operation.Count;
            if (counts && id.verdict().view() == View.WITHHELD && !id.exact()) {
                return Optional.of(failed(Reason.ROW, id.verdict().rules()));
            }
            return Optional.empty();
        }

        /// Fields that rows are chosen by: seeing which rows match tells their values (requirement
        /// B-2), so they must be clear in every row. Fields that are written: there is no writing half
        /// a value.
        private Optional<Failed> probe(SortedMap<String, Finding> findings, Judge.Row row) {
            for (String name : probed()) {
                Finding finding = frame.tool().verb().changes() ? written(name, row) : findings.get(name);
                Optional<Failed> refused = finding == null ? Optional.empty() : clear(finding);
                if (refused.isPresent()) {
                    return refused;
                }
            }
            return Optional.empty();
        }

        private Set<String> probed() {
            return switch (operation) {
                case Operation.Get _ -> Set.of();
                case Operation.Search search -> search.probed();
                case Operation.Count count -> count.touched();
                case Write.Create create -> create.values().keySet();
                case Write.Update update -> update.values().keySet();
                case Write.Send send -> send.values().keySet();
                case Write.Delete _, Write.Merge _ -> Set.of(frame.object().idField());
            };
        }

        private Finding written(String name, Judge.Row row) {
            return field(name)
                    .map(known -> judge.find(known, frame.tool().verb(), row))
                    .orElseGet(() -> judge.findUnknown(name, row));
        }

        private Optional<Failed> clear(Finding finding) {
            return switch (finding.clear()) {
                case Ruling.Granted granted -> {
                    permitting.addAll(granted.rules());
                    yield Optional.empty();
                }
                case Ruling.Refused refused -> Optional.of(failed(refused.reason(), refused.rules()));
                case Ruling.Open open
                when open.exact() -> {
                    rules.addAll(open.needed());
                    yield Optional.empty();
                }
                case Ruling.Open open -> Optional.of(failed(Reason.ROW, open.rules()));
            };
        }

        private static Failed failed(Reason reason, List<RuleId> by) {
            return new Failed(reason, by, new Refusal.Denied(by.getFirst(), reason.word()));
        }

        /// The words in which the catalog answers a name that does not exist.
        private Failed nonexistent(Finding finding) {
            String name = finding.field().name();
            int at = operation.fields().indexOf(name);
            String place = operation.given().containsKey(name)
                    ? "/values"
                    : at >= 0 ? "/fields/" + at : "/where/" + conditions().indexOf(name) + "/field";
            Refusal same = new Refusal.Malformed(List.of("`" + place + "` names a field that does not exist"));
            return new Failed(finding.verdict().reason(), finding.verdict().rules(), same);
        }

        private List<String> conditions() {
            return switch (operation) {
                case Operation.Search search ->
                    search.where().stream().map(Operation.Condition::field).toList();
                case Operation.Count count ->
                    count.where().stream().map(Operation.Condition::field).toList();
                case Operation.Get _, Write _ -> List.of();
            };
        }

        private Attempt held(SortedMap<String, Finding> findings) {
            SortedMap<String, FieldVerdict> verdicts = new TreeMap<>();
            SortedSet<String> fetch = new TreeSet<>();
            // What permits a change says more than what permits to read it back.
            Set<RuleId> determining =
                    new LinkedHashSet<>(frame.tool().verb().changes() ? permitting : Set.<RuleId>of());
            boolean perRow = false;
            for (Map.Entry<String, Finding> one : findings.entrySet()) {
                FieldVerdict verdict = one.getValue().verdict();
                verdicts.put(one.getKey(), verdict);
                perRow |= verdict.dependsOnRow();
                if (verdict.atMost() != View.WITHHELD) {
                    determining.addAll(verdict.rules());
                    if (operation.fields().contains(one.getKey())) {
                        fetch.add(one.getKey());
                    }
                }
            }
            if (determining.isEmpty()) {
                determining.add(Judge.DEFAULT_DENY);
            }
            List<RowRule> pushed = List.copyOf(rules);
            PerRow rows = new PerRow(frame, judge, findings, pushed);
            return new Held(verdicts, frame.object().idField(), pushed, fetch, perRow, List.copyOf(determining), rows);
        }
    }
}

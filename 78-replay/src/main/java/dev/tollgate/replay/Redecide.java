// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

import dev.tollgate.audit.Personal;
import dev.tollgate.audit.RecordedCalls;
import dev.tollgate.audit.StoredEntry;
import dev.tollgate.containment.RiskScore;
import dev.tollgate.lineage.Carried;
import dev.tollgate.lineage.Integrity;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.Outgoing;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.Warrant;
import dev.tollgate.replay.Replayed.Difference;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.SortableId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.WorkflowId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Decides recorded calls again. Reads the log, its vault and the bundles that were in force, and nothing else: no
/// system is asked, and nothing is recorded.
///
/// @param versions bundles that were in force once
/// @param instead  decides instead of the bundle that decided, when somebody asks what would be
public record Redecide(Function<PolicyVersion, Optional<DecisionPoint>> versions, Optional<DecisionPoint> instead) {
    /// One recorded call again.
    public Replayed again(RecordedCalls.Kept call) {
        StoredEntry entry = call.entry();
        if (!entry.kind().equals("decision")) {
            return new Replayed.NotDecided();
        }
        List<String> erased = call.erased().stream()
                .filter(name -> List.of(Personal.CALL, Personal.CUSTOMER, Personal.SITUATION)
                        .contains(name))
                .toList();
        if (!erased.isEmpty()) {
            return new Replayed.Erased(erased);
        }
        if (!call.missing().isEmpty()) {
            return new Replayed.Impossible("values beside the log are missing or were changed");
        }
        try {
            Optional<DecisionPoint> recorded =
                    entry.text("ruling/policy").map(PolicyVersion::new).flatMap(versions);
            return recorded.<Replayed>map(then -> again(call, then, instead.orElse(then)))
                    .orElseGet(() -> new Replayed.Impossible("the bundle that decided it is not in the store"));
        } catch (Unreadable | DateTimeException | NumberFormatException broken) {
            return new Replayed.Impossible("its form is not one that this version reads");
        }
    }

    private static Replayed again(RecordedCalls.Kept call, DecisionPoint then, DecisionPoint now) {
        StoredEntry entry = call.entry();
        Operation operation = OperationForm.read(
                then.bundle().catalog(),
                Optional.ofNullable(call.values().get(Personal.CALL)).orElse(Value.NULL));
        Situation situation = situation(call);
        PolicyVersion under = now.bundle().version();
        return switch (now.bundle().principal(delegation(call, situation.now()))) {
            case Step.Refused<Principal> refused -> {
                String code = refused.why().code();
                yield new Replayed.Again(
                        under,
                        code,
                        List.of(),
                        List.of(new Difference(
                                "outcome", entry.text("ruling/outcome").orElse(""), code)));
            }
            case Step.Passed<Principal>(Principal who) -> {
                Decision decision = now.decide(who, operation, situation);
                yield new Replayed.Again(
                        under, decision.outcome().word(), ids(decision.determining()), differences(entry, decision));
            }
        };
    }

    private static List<String> ids(List<RuleId> rules) {
        return rules.stream().map(RuleId::value).toList();
    }

    /// The caller as the token said it; when it began and ended is nothing that policy reads.
    private static Delegation delegation(RecordedCalls.Kept call, Instant now) {
        StoredEntry entry = call.entry();
        Set<Scope> scopes = new HashSet<>();
        entry.texts("caller/scopes").forEach(text -> Scope.parse(text).ifPresent(scopes::add));
        return new Delegation(
                new AgentId(needed(entry, "caller/agent")),
                new UserId(needed(entry, "caller/user")),
                scopes,
                entry.text("caller/workflow").map(WorkflowId::new),
                entry.text("caller/step"),
                new TaskId(needed(entry, "caller/task")),
                new SessionId(needed(entry, "caller/session")),
                Optional.ofNullable(call.values().get(Personal.CUSTOMER))
                        .flatMap(value -> value instanceof Value.Text(String id) ? Optional.of(id) : Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                now.minusSeconds(1),
                now.plusSeconds(1),
                entry.texts("caller/actors"),
                Confirmation.NONE,
                Optional.empty());
    }

    private static String needed(StoredEntry entry, String path) {
        return entry.text(path).orElseThrow(() -> new Unreadable("an entry"));
    }

    private static Situation situation(RecordedCalls.Kept call) {
        StoredEntry entry = call.entry();
        Instant now = SortableId.moment(needed(entry, "ruling/decision"));
        Situation known = Situation.at(now).with(risk(entry));
        if (!entry.members("flow").isEmpty()) {
            known = known.with(carried(entry));
        }
        if (!entry.members("warrant").isEmpty()) {
            known = known.with(warrant(entry));
        }
        SortedMap<String, Long> findings = new TreeMap<>();
        entry.members("ruling/findings").forEach((word, count) -> {
            if (count instanceof Value.Num(BigDecimal number)) {
                findings.put(word, number.longValueExact());
            }
        });
        known = known.with(new Outgoing(Outgoing.Recipients.NOBODY, findings, Optional.empty()));
        return SituationForm.read(known, Optional.ofNullable(call.values().get(Personal.SITUATION)));
    }

    private static RiskScore risk(StoredEntry entry) {
        List<RiskScore.Signal> signals = new ArrayList<>();
        for (Value item : entry.items("risk/signals")) {
            StoredEntry signal = new StoredEntry(
                    entry.index(), item instanceof Value.Fields fields ? fields : new Value.Fields(Map.of()));
            signals.add(new RiskScore.Signal(
                    needed(signal, "name"),
                    signal.number("weight").orElse(0L).intValue(),
                    signal.text("reason").orElse("")));
        }
        return new RiskScore(
                RiskScore.Level.valueOf(needed(entry, "risk/level").toUpperCase(Locale.ROOT)),
                entry.number("risk/score").orElse(0L).intValue(),
                signals);
    }

    private static Carried carried(StoredEntry entry) {
        Set<DataClass> classes = new HashSet<>();
        entry.texts("flow/carried").forEach(name -> classes.add(new DataClass(name)));
        Set<SystemId> systems = new HashSet<>();
        entry.texts("flow/systems").forEach(name -> systems.add(new SystemId(name)));
        boolean trusted = needed(entry, "flow/integrity").equals(Integrity.TRUSTED.word());
        return new Carried(classes, trusted ? Integrity.TRUSTED : Integrity.THIRD_PARTY, systems);
    }

    private static Warrant warrant(StoredEntry entry) {
        return new Warrant(
                needed(entry, "warrant/effect"),
                entry.truth("warrant/asked"),
                entry.truth("warrant/answers"),
                needed(entry, "warrant/destination"),
                needed(entry, "warrant/values"),
                needed(entry, "warrant/content"),
                entry.truth("warrant/sensitive"));
    }

    private static List<Difference> differences(StoredEntry entry, Decision now) {
        List<Difference> found = new ArrayList<>();
        differ(
                found,
                "outcome",
                entry.text("ruling/outcome").orElse(""),
                now.outcome().word());
        differ(
                found,
                "reason",
                entry.text("ruling/reason").orElse(""),
                now.reason().word());
        differ(found, "rules", String.join(" ", entry.texts("ruling/rules")), String.join(" ", ids(now.determining())));
        List<String> rows = new ArrayList<>();
        for (Value item : entry.items("ruling/rows")) {
            if (item instanceof Value.Fields fields) {
                StoredEntry rule = new StoredEntry(entry.index(), fields);
                rows.add(rule.text("fact").orElse("") + " "
                        + rule.text("comparison").orElse(""));
            }
        }
        List<String> rowsNow = now.rules().stream()
                .map(rule -> rule.fact().word() + " " + rule.comparison().word())
                .toList();
        differ(found, "rows", String.join(", ", rows), String.join(", ", rowsNow));
        Map<String, StoredEntry> verdicts = new TreeMap<>();
        for (Value item : entry.items("ruling/verdicts")) {
            if (item instanceof Value.Fields fields) {
                StoredEntry verdict = new StoredEntry(entry.index(), fields);
                verdicts.put(verdict.text("field").orElse(""), verdict);
            }
        }
        Set<String> fields = new java.util.TreeSet<>(verdicts.keySet());
        fields.addAll(now.verdicts().keySet());
        for (String field : fields) {
            differ(
                    found,
                    field,
                    Optional.ofNullable(verdicts.get(field)),
                    Optional.ofNullable(now.verdicts().get(field)));
        }
        return found;
    }

    private static void differ(
            List<Difference> found, String field, Optional<StoredEntry> then, Optional<FieldVerdict> now) {
        differ(
                found,
                field + ".class",
                said(then, "class"),
                now.map(one -> one.dataClass().name()).orElse(""));
        differ(
                found,
                field + ".view",
                said(then, "view"),
                now.map(one -> one.view().word()).orElse(""));
        String most = said(then, "at_most");
        differ(
                found,
                field + ".at_most",
                most.isEmpty() ? said(then, "view") : most,
                now.map(FieldVerdict::atMost).map(View::word).orElse(""));
        differ(
                found,
                field + ".rules",
                then.map(one -> String.join(" ", one.texts("rules"))).orElse(""),
                now.map(one -> String.join(" ", ids(one.rules()))).orElse(""));
        differ(
                found,
                field + ".reason",
                said(then, "reason"),
                now.map(one -> one.reason().word()).orElse(""));
    }

    private static String said(Optional<StoredEntry> then, String name) {
        return then.flatMap(one -> one.text(name)).orElse("");
    }

    private static void differ(List<Difference> found, String what, String recorded, String again) {
        if (!recorded.equals(again)) {
            found.add(new Difference(what, recorded, again));
        }
    }
}

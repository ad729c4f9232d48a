// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.Call;
import dev.tollgate.audit.Caller;
import dev.tollgate.audit.Flow;
import dev.tollgate.audit.Personal;
import dev.tollgate.audit.Risk;
import dev.tollgate.audit.Ruling;
import dev.tollgate.audit.Token;
import dev.tollgate.audit.Warranted;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.containment.RiskScore;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.gateway.state.Inspected;
import dev.tollgate.gateway.state.Known;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.governance.change.Change;
import dev.tollgate.lineage.Carried;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.Warrant;
import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.replay.SituationForm;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Turns what the gateway knows into audit entries.
final class Entries {
    private Entries() {}

    /// @param situation that it was decided on
    /// @param approval  the approval that the decision rests on
    static AuditEntry.Decision decision(
            Examined examined, Decision decision, Situation situation, Optional<String> approval) {
        Assessed assessed = examined.from();
        Operation asked = examined.asked();
        List<Personal> personal = new ArrayList<>();
        personal.add(Personal.call(subject(asked), told(assessed, asked)));
        assessed.who().principal().delegation().customer().ifPresent(id -> personal.add(Personal.customer(id)));
        SituationForm.write(situation).ifPresent(facts -> personal.add(Personal.situation(subject(asked), facts)));
        return new AuditEntry.Decision(
                caller(assessed.who()),
                call(assessed, decision.verdicts(), asked),
                ruling(decision, examined.situation(), approval),
                Optional.of(risk(assessed.situation().risk())),
                assessed.remembered() ? Optional.of(flow(situation.carried())) : Optional.empty(),
                assessed.situation().warrant().map(Entries::warranted),
                personal);
    }

    /// What was asked, in its own words; of a verification, what was claimed but not with which values: nobody keeps
    /// what a person is verified by.
    private static Value told(Assessed assessed, Operation asked) {
        return assessed.validated().tool().kind() == ToolType.Kind.VERIFY ? Steps.unclaimed(asked) : asked.canonical();
    }

    static AuditEntry.Examined examined(Assessed assessed, Operation reading, DecisionToken token) {
        List<Personal> personal = new ArrayList<>();
        personal.add(Personal.call(subject(reading), reading.canonical()));
        return new AuditEntry.Examined(
                caller(assessed.who()),
                call(assessed, Map.of(), reading),
                assessed.who().policy().bundle().version(),
                issued(token, assessed),
                personal);
    }

    private static Caller caller(Authenticated who) {
        return Caller.of(
                who.principal(),
                who.policy().bundle().workflow(who.principal().delegation()).map(workflow -> workflow.intent()));
    }

    private static Call call(Assessed assessed, Map<String, FieldVerdict> verdicts, Operation asked) {
        ToolCall call = assessed.who().from().call();
        List<String> probed = new ArrayList<>(asked.touched());
        probed.removeAll(asked.fields());
        TreeSet<String> classes = new TreeSet<>();
        for (String field : asked.touched()) {
            FieldVerdict verdict = verdicts.get(field);
            if (verdict != null) {
                classes.add(verdict.dataClass().name());
            }
        }
        return new Call(
                call.request(),
                assessed.who().from().at(),
                call.door(),
                asked.target(),
                assessed.validated().tool().scopes().stream()
                        .map(Scope::toString)
                        .toList(),
                asked.fields(),
                probed,
                List.copyOf(classes),
                new Call.Model(
                        call.model().version(),
                        call.model().promptHash(),
                        call.model().outputHash()),
                call.traceId(),
                assessed.who().principal().delegation().caseId());
    }

    private static Ruling ruling(Decision decision, Situation situation, Optional<String> approval) {
        List<Ruling.Verdict> verdicts = new ArrayList<>();
        decision.verdicts()
                .forEach((field, verdict) -> verdicts.add(new Ruling.Verdict(
                        field,
                        verdict.dataClass().name(),
                        verdict.view(),
                        verdict.atMost(),
                        verdict.rules(),
                        verdict.reason().word())));
        return new Ruling(
                decision.id().value(),
                decision.version(),
                decision.outcome().word(),
                decision.reason().word(),
                decision.determining(),
                verdicts,
                decision.rules(),
                situation.outgoing().findings(),
                List.copyOf(situation.task().completed()),
                approval);
    }

    private static Warranted warranted(Warrant warrant) {
        return new Warranted(
                warrant.effect(),
                warrant.asked(),
                warrant.answers(),
                warrant.destination(),
                warrant.values(),
                warrant.content(),
                warrant.sensitive());
    }

    private static Flow flow(Carried carried) {
        return new Flow(
                carried.classes().stream().map(DataClass::name).toList(),
                carried.integrity().word(),
                carried.systems().stream().map(SystemId::value).toList());
    }

    private static Risk risk(RiskScore score) {
        return new Risk(
                score.level().word(),
                score.score(),
                score.signals().stream()
                        .map(signal -> new Risk.Signal(signal.name(), signal.weight(), signal.reason()))
                        .toList());
    }

    static AuditEntry.Refused refusal(Known known, Refusal why) {
        return new AuditEntry.Refused(
                known.call().request(),
                known.principal().map(who -> Caller.of(who, Optional.empty())),
                known.call().tool().value(),
                why,
                Optional.empty(),
                known.call().traceId());
    }

    static Token token(DecisionToken token, Known known, Optional<Instant> accepted) {
        Operation.Target target = known.operation()
                .map(Operation::target)
                .orElseThrow(() -> new IllegalStateException("a token without an operation"));
        return token(token, target, known.presented(), accepted);
    }

    static Token issued(DecisionToken token, Assessed assessed) {
        return token(token, assessed.validated().asked().target(), false, Optional.empty());
    }

    private static Token token(
            DecisionToken token, Operation.Target target, boolean presented, Optional<Instant> accepted) {
        return new Token(
                token.id(),
                token.issued(),
                token.expires(),
                target,
                token.grant().fields(),
                token.grant().amount(),
                token.policy(),
                presented,
                accepted);
    }

    static Map<String, View> views(ShownRow row) {
        Map<String, View> views = new TreeMap<>();
        row.verdicts().forEach((field, verdict) -> views.put(field, verdict.view()));
        return views;
    }

    /// What one row showed, with the rules of each field that another rule decided than the decision's
    /// verdict names.
    static Personal row(
            int number, Operation operation, ShownRow row, Decision decision, Map<String, List<String>> done) {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        row.verdicts().forEach((field, verdict) -> {
            FieldVerdict before = decision.verdicts().get(field);
            if (before == null || !before.rules().equals(verdict.rules())) {
                rules.put(field, verdict.rules().stream().map(RuleId::value).toList());
            }
        });
        Operation.Target target = operation.target();
        return Personal.row(
                number,
                Personal.Subject.record(target.system(), target.object(), row.record()),
                views(row),
                rules,
                done);
    }

    /// What was done to the fields of a row beside their views (requirement S0-26).
    static Map<String, List<String>> done(ShownRow row, Inspected inspected) {
        Map<String, List<String>> done = new TreeMap<>();
        row.values().forEach((field, value) -> {
            List<String> words = new ArrayList<>();
            inspected.noticed().removed(row.record().value(), field).forEach(kind -> words.add("removed:" + kind));
            if (inspected.truncated().contains(field)
                    && value instanceof Value.Text(String text)
                    && text.length() > Inspect.TEXT_CHARS_MAX) {
                words.add("truncated");
            }
            if (!words.isEmpty()) {
                done.put(field, words);
            }
        });
        return done;
    }

    static Optional<Personal.Subject> subject(Operation operation) {
        Operation.Target target = operation.target();
        return operation.recordId().map(record -> Personal.Subject.record(target.system(), target.object(), record));
    }

    /// Fields that an operation changed.
    static List<String> changed(Operation operation) {
        return List.copyOf(new TreeSet<>(operation.given().keySet()));
    }

    /// What a change replaced and what it left, for the record (requirement S4-18); nothing for a reading.
    static Optional<Personal> change(Executed executed) {
        if (!(executed.decided().operation() instanceof Write)) {
            return Optional.empty();
        }
        Change change =
                Proposed.of(executed.decided().from(), executed.decided().decision());
        Made made = Made.of(change, executed.rows());
        return made.record()
                .map(record -> Personal.change(
                        0,
                        Personal.Subject.record(
                                change.target().system(), change.target().object(), record),
                        new Value.Fields(change.before()),
                        new Value.Fields(made.after())));
    }
}

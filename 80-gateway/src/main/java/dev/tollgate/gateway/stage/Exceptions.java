// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.containment.RiskScore;
import dev.tollgate.containment.RiskScore.Level;
import dev.tollgate.containment.RiskTerms;
import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Decided;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.gateway.state.Inspected;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.gateway.state.Recorded;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.State;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionReport;
import dev.tollgate.governance.exception.ExceptionReport.Severity;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.policy.Reason;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.UserId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which refusals people hear of (requirement S4-19), with the owner, the reason and the place in the log.
/// Callers that nobody knows, arguments that do not fit, records that are not there, and what an operator
/// stopped are none of them: the log has those.
public record Exceptions(Oversight people) {
    /// Who answers for an agent that names no owner: the bundle's own word for operations.
    static final String NOBODY = "operations";

    private static final int REASON_CHARS_MAX = 500;
    private static final RuleId HIGH_RISK = new RuleId("risk-high");

    /// What a refusal is to people.
    private record Kind(ExceptionKind kind, RuleId rule, Severity severity) {
        static Optional<Kind> of(ExceptionKind kind, String rule, Severity severity) {
            return Optional.of(new Kind(kind, new RuleId(rule), severity));
        }
    }

    /// Tells people of a refusal, when it is one of theirs.
    ///
    /// @param state what was known
    /// @param index where the log has it
    public void refused(State state, Refusal why, long index) {
        risky(state, index);
        by(state)
                .ifPresent(
                        who -> kind(who, why).ifPresent(kind -> people.report(report(who, state, why, kind, index))));
    }

    /// Tells people of an agent whose risk is high, whatever becomes of its call (requirement S0-38):
    /// what is refused or left out then is a task for them and no silent failure.
    ///
    /// @param index where the log has the call
    public void risky(State state, long index) {
        RiskScore risk = state.known().risk().orElse(RiskScore.NONE);
        if (risk.level() == Level.HIGH) {
            by(state)
                    .ifPresent(who -> people.report(new ExceptionReport(
                            ExceptionKind.ANOMALY,
                            who.principal().agent(),
                            Optional.of(who.principal().user()),
                            who.principal().tenant(),
                            Optional.empty(),
                            HIGH_RISK,
                            who.policy().bundle().risk().owner().orElseGet(() -> answering(who)),
                            bounded("risk " + risk.score() + ", sensitive data and changes are closed: " + why(risk)),
                            index < 0 ? List.of() : List.of(index),
                            Severity.HIGH)));
        }
    }

    /// Why a risk is what it is, the heaviest first.
    static String why(RiskScore risk) {
        return risk.signals().stream()
                .sorted(Comparator.comparingInt(RiskScore.Signal::weight).reversed())
                .map(signal -> signal.name() + " (" + signal.reason() + ")")
                .collect(Collectors.joining(", "));
    }

    private static Optional<Kind> kind(Authenticated who, Refusal why) {
        Severity usual = tool(who).filter(tool -> tool.verb().changes()).isPresent() ? Severity.MEDIUM : Severity.LOW;
        return switch (why) {
            case Refusal.Denied denied ->
                denied.reason().equals(Reason.RISK.word())
                        ? Kind.of(ExceptionKind.ANOMALY, denied.rule().value(), Severity.HIGH)
                        : Kind.of(ExceptionKind.RULE, denied.rule().value(), usual);
            case Refusal.HumanOnly _ -> Kind.of(ExceptionKind.RULE, "commitments-are-human", Severity.MEDIUM);
            // Absent and forbidden look alike to the agent; a tool that is there was forbidden.
            case Refusal.UnknownTool _ ->
                tool(who).isPresent() ? Kind.of(ExceptionKind.RULE, "tool-not-permitted", usual) : Optional.empty();
            case Refusal.ApprovalRefused _ -> Kind.of(ExceptionKind.RULE, "approval-refused", Severity.MEDIUM);
            case Refusal.TokenRefused _ -> Kind.of(ExceptionKind.ANOMALY, "decision-token", Severity.HIGH);
            case Refusal.OverBudget budget -> Kind.of(ExceptionKind.BUDGET, budget.budget(), usual);
            case Conduct.Stopped stopped -> Kind.of(ExceptionKind.BUDGET, stopped.budget(), Severity.HIGH);
            case Conduct.ShutDown _ -> Kind.of(ExceptionKind.ANOMALY, "shut-down", Severity.HIGH);
            case Conduct.Looping looping -> Kind.of(ExceptionKind.ANOMALY, "loop-" + looping.pattern(), Severity.HIGH);
            case Refusal.Undecidable _ -> Kind.of(ExceptionKind.UNCERTAIN, "undecidable", usual);
            case Refusal.Withheld _ -> Kind.of(ExceptionKind.CONTENT, "withheld", Severity.MEDIUM);
            case Refusal.ObligationUnmet _ -> Kind.of(ExceptionKind.RULE, "obligation-unmet", Severity.MEDIUM);
            case Refusal.UpstreamFailed failed ->
                failed.why().equals("unknown_outcome")
                        ? Kind.of(ExceptionKind.UNCERTAIN, "unknown-outcome", Severity.HIGH)
                        : Optional.empty();
            // A caller that nobody knows, a slip of the pen, a step that is still to come, what an operator wants, and
            // what the gateway answers for itself.
            case Refusal.Unauthenticated _,
                    Refusal.Malformed _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalPending _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.NotFound _,
                    Refusal.Unrecorded _,
                    Refusal.Busy _,
                    Conduct.ProofNeeded _,
                    Conduct.KeyReused _,
                    Conduct.KeyUnderWay _,
                    Conduct.StepNeeded _,
                    Conduct.FieldsMissing _ -> Optional.empty();
        };
    }

    private static ExceptionReport report(Authenticated who, State state, Refusal why, Kind kind, long index) {
        return new ExceptionReport(
                kind.kind(),
                who.principal().agent(),
                Optional.of(who.principal().user()),
                who.principal().tenant(),
                Optional.of(who.from().call().tool()),
                kind.rule(),
                owner(who, state, why),
                reason(who, state, why),
                // Of a flood only the first of each second are written.
                index < 0 ? List.of() : List.of(index),
                kind.severity());
    }

    /// What was tried and why not. Names of fields and rules, never values.
    private static String reason(Authenticated who, State state, Refusal why) {
        String verb = tool(who).map(tool -> tool.verb().word()).orElse("call");
        String what = fields(state, why).map(FieldPath::toString).collect(Collectors.joining(", "));
        String text = "agent attempted to " + verb + " "
                + (what.isEmpty() ? "`" + who.from().call().tool() + "`" : "`" + what + "`") + ": " + why.explain();
        return bounded(text);
    }

    private static String bounded(String text) {
        return text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX - 1) + "…";
    }

    /// The owner of the field that is at stake (requirements S4-2, S4-14), else who answers for the agent.
    private static String owner(Authenticated who, State state, Refusal why) {
        if (why instanceof Refusal.HumanOnly human) {
            return human.owner();
        }
        boolean risk = why instanceof Conduct.ShutDown
                || (why instanceof Refusal.Denied denied && denied.reason().equals(Reason.RISK.word()));
        return Optional.of(who.policy().bundle().risk())
                .filter(_ -> risk)
                .flatMap(RiskTerms::owner)
                .or(() -> fields(state, why)
                        .flatMap(path -> field(who, path).stream())
                        .map(FieldType::owner)
                        .findFirst())
                .orElseGet(() -> answering(who));
    }

    /// Who answers for the agent.
    private static String answering(Authenticated who) {
        return Optional.ofNullable(
                        who.policy().bundle().agents().get(who.principal().agent()))
                .flatMap(AgentRecord::owner)
                .map(UserId::value)
                .orElse(NOBODY);
    }

    private static Optional<FieldType> field(Authenticated who, FieldPath path) {
        return tool(who)
                .flatMap(tool -> who.policy().bundle().catalog().object(tool.system(), tool.object()))
                .flatMap(object -> named(object, path.field()));
    }

    private static Optional<FieldType> named(ObjectType object, String name) {
        return object.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst();
    }

    /// Fields that the call would have written.
    private static Stream<FieldPath> fields(State state, Refusal why) {
        if (why instanceof Refusal.HumanOnly human) {
            int dot = human.field().indexOf('.');
            return Stream.of(
                    new FieldPath(human.field().substring(0, dot), human.field().substring(dot + 1)));
        }
        return state.known().operation().stream()
                .flatMap(asked -> asked.given().keySet().stream()
                        .sorted()
                        .map(name -> new FieldPath(asked.target().object(), name)));
    }

    private static Optional<ToolType> tool(Authenticated who) {
        return who.policy().bundle().catalog().tool(who.from().call().tool());
    }

    /// Who asks, once that is proven.
    public static Optional<Authenticated> by(State state) {
        return switch (state) {
            case Received _ -> Optional.empty();
            case Authenticated who -> Optional.of(who);
            case Validated known -> Optional.of(known.who());
            case Contained known -> Optional.of(known.who());
            case Assessed known -> Optional.of(known.who());
            case Examined known -> Optional.of(known.who());
            case Decided known -> Optional.of(known.who());
            case Approved known -> Optional.of(known.who());
            case Executed known -> Optional.of(known.who());
            case Redacted known -> Optional.of(known.who());
            case Inspected known -> Optional.of(known.who());
            case Recorded known -> Optional.of(known.who());
        };
    }
}

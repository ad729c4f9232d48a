// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.SortableId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// The policy decision point: verb × field × view, for one bundle. Says which fields of an operation may be
/// shown and how, which rows may be seen, and why. Decides only; executes and records nothing. Safe for many
/// threads when the generator of ids is.
public final class DecisionPoint {
    private static final RuleId AMOUNT = new RuleId("amount-range");

    private final Bundle bundle;
    private final RandomGenerator ids;
    private final Optional<Memo> memo;
    private final Attempts attempts;
    private final FlowReads flow;

    /// @param bundle the policies, compiled
    /// @param ids    makes decision ids
    public DecisionPoint(Bundle bundle, RandomGenerator ids) {
        this.bundle = bundle;
        this.ids = ids;
        boolean timed = bundle.rules().policies().reads("now");
        this.memo = timed ? Optional.empty() : Optional.of(new Memo());
        this.attempts = new Attempts(bundle, memo);
        this.flow = new FlowReads(bundle);
    }

    /// The policies that it decides by.
    public Bundle bundle() {
        return bundle;
    }

    /// What makes decision ids.
    public RandomGenerator ids() {
        return ids;
    }

    /// Whether a policy that may apply to the operation asks what the agent was shown before. Where none does, nobody
    /// need look it up.
    public boolean asksForFlow(Principal who, Operation operation) {
        return flow.asked(who, operation.target());
    }

    /// Decides an operation. Asks as the facts stand; when that is a no, asks again with evidence that
    /// people could give, and says which is missing.
    public Decision decide(Principal who, Operation operation, Situation situation) {
        return switch (new Gate(bundle).check(who, operation.target(), situation.now())) {
            case Gate.Passage.Closed closed ->
                refused(situation, Outcome.DENY, closed.reason(), List.of(closed.rule()), closed.refusal());
            case Gate.Passage.Open(Frame frame) -> onCourse(frame, operation, situation);
        };
    }

    /// Where the task stands comes before what policies say.
    private Decision onCourse(Frame frame, Operation operation, Situation situation) {
        Optional<Course.Stopped> stopped = Course.stopped(frame, operation, situation);
        if (stopped.isPresent()) {
            Course.Stopped why = stopped.get();
            return refused(situation, Outcome.DENY, why.reason(), List.of(why.rule()), why.refusal());
        }
        Optional<List<RowRule>> applying = Course.applying(frame, situation);
        if (applying.isEmpty()) {
            Refusal refusal = new Refusal.Undecidable("what the case is about was not read");
            return refused(situation, Outcome.DENY, Reason.CASE, List.of(Gate.rule(frame.workflow())), refusal);
        }
        return decide(frame.and(applying.get()), operation, situation);
    }

    private Decision decide(Frame frame, Operation operation, Situation situation) {
        Optional<BigDecimal> amount = OperationAmount.of(operation);
        if (amount.isPresent() && amount.flatMap(Contexts::decimal).isEmpty()) {
            Refusal refusal = new Refusal.Denied(AMOUNT, Reason.LIMIT.word());
            return refused(situation, Outcome.DENY, Reason.LIMIT, List.of(AMOUNT), refusal);
        }
        if (!reachable(frame, situation)) {
            return refused(situation, Outcome.DENY, Reason.ROW, List.of(PerRow.ROW_RULES), new Refusal.NotFound());
        }
        Attempt stands = attempts.attempt(frame, operation, situation, situation.evidence());
        if (stands instanceof Attempt.Failed failed) {
            return needed(frame, operation, situation, failed);
        }
        boolean replaces = operation instanceof Write write && write.replaces();
        if (replaces && situation.priors().isEmpty()) {
            Refusal refusal = new Refusal.Undecidable("the record was not read before its change");
            return refused(situation, Outcome.DENY, Reason.ROW, List.of(Examinations.EXAMINATION), refusal);
        }
        return permitted(situation, (Attempt.Held) stands);
    }

    /// A record that the rules above Cedar keep from the principal does not exist for it.
    private static boolean reachable(Frame frame, Situation situation) {
        return situation.priors().stream().allMatch(prior -> RowFacts.meet(frame.rules(), prior.facts()));
    }

    /// Whether a change could be permitted in some state of its record, be it with evidence that is
    /// missing. Asked before the record is read for the decision: a change that policy permits in no
    /// state reads nothing.
    public boolean mayChange(Principal who, Write write, Situation situation) {
        return switch (new Gate(bundle).check(who, write.target(), situation.now())) {
            case Gate.Passage.Closed _ -> false;
            case Gate.Passage.Open(Frame frame)
            when Course.stopped(frame, write, situation).isPresent() -> false;
            case Gate.Passage.Open(Frame frame) -> {
                Possible possible = new Possible(bundle, memo, frame, situation);
                Set<String> written = write.given().isEmpty()
                        ? Set.of(frame.object().idField())
                        : write.given().keySet();
                yield written.stream()
                        .allMatch(name -> frame.object()
                                .field(name)
                                .filter(possible::shows)
                                .isPresent());
            }
        };
    }

    /// House decision 3: approval and step-up are evidence. The first hypothetical that permits names what
    /// is missing.
    private Decision needed(Frame frame, Operation operation, Situation situation, Attempt.Failed failed) {
        for (Hypothesis hypothesis : Hypothesis.values()) {
            Evidence evidence = hypothesis.evidence(situation);
            if (attempts.attempt(frame, operation, situation, evidence) instanceof Attempt.Held held) {
                List<RuleId> asking = attempts.asking(frame, operation, situation, evidence, held);
                Refusal refusal = new Refusal.EvidenceNeeded(hypothesis.word(), asking.getFirst());
                // The people who are asked see what would leave.
                SortedMap<String, FieldVerdict> shown =
                        operation instanceof Write.Send ? held.verdicts() : new TreeMap<>();
                return refused(
                        situation, hypothesis.outcome(), Reason.EVIDENCE, asking, refusal, hypothesis.need(), shown);
            }
        }
        return refused(situation, Outcome.DENY, failed.reason(), failed.rules(), failed.refusal());
    }

    private Decision permitted(Situation situation, Attempt.Held held) {
        return new Decision(
                newId(situation),
                bundle.version(),
                situation.now(),
                Outcome.PERMIT,
                Reason.PERMITTED,
                held.verdicts(),
                held.idField(),
                held.rules(),
                held.fetch(),
                held.perRow(),
                held.determining(),
                Optional.empty(),
                Decision.Need.NONE,
                held.rows());
    }

    private Decision refused(Situation situation, Outcome outcome, Reason reason, List<RuleId> rules, Refusal refusal) {
        return refused(situation, outcome, reason, rules, refusal, Decision.Need.NONE, new TreeMap<>());
    }

    private Decision refused(
            Situation situation,
            Outcome outcome,
            Reason reason,
            List<RuleId> rules,
            Refusal refusal,
            Decision.Need need,
            SortedMap<String, FieldVerdict> shown) {
        return new Decision(
                newId(situation),
                bundle.version(),
                situation.now(),
                outcome,
                reason,
                shown,
                "",
                List.of(),
                Set.of(),
                false,
                rules,
                Optional.of(refusal),
                need,
                (_, _) -> new TreeMap<>());
    }

    /// The fields of a tool that a principal may know of, or nothing when the tool does not exist for
    /// it: the same answer for listing and for calling. It exists when the rules above Cedar let it
    /// through and some record could show, or take, some field, be it with evidence that is missing.
    /// Fields that policy withholds but does not conceal are known too: they are answered with a
    /// placeholder.
    public Optional<SortedSet<String>> visible(Principal who, ToolType tool, ObjectType object, Situation situation) {
        return frame(who, tool, object, situation).flatMap(frame -> {
            // What could be fulfilled before a step counts as fulfilled: the refusal says what is missing.
            Possible possible = new Possible(bundle, memo, frame, situation.with(Course.possible(frame)));
            return usable(frame, possible) ? Optional.of(visible(frame, possible)) : Optional.empty();
        });
    }

    private static SortedSet<String> visible(Frame frame, Possible possible) {
        SortedSet<String> visible = new TreeSet<>();
        for (FieldType field : frame.object().fields()) {
            boolean taken = frame.tool().accepts().contains(field.name());
            boolean told = !taken && !field.conceal();
            boolean sent = taken && frame.tool().verb() == Verb.SEND && possible.reaches(field);
            if (taken && !frame.workflow().sets(frame.tool().name(), field.name())) {
                continue;
            }
            if (told || sent || possible.shows(field)) {
                visible.add(field.name());
            }
        }
        return visible;
    }

    private Optional<Frame> frame(Principal who, ToolType tool, ObjectType object, Situation situation) {
        return bundle.catalog().contractOf(tool.name()).flatMap(contract -> {
            Operation.Target target = new Operation.Target(
                    contract.system(), object.name(), tool.name(), tool.verb(), tool.destination());
            return switch (new Gate(bundle).check(who, target, situation.now())) {
                case Gate.Passage.Open open -> Optional.of(open.frame());
                case Gate.Passage.Closed _ -> Optional.empty();
            };
        });
    }

    private static boolean usable(Frame frame, Possible possible) {
        String id = frame.object().idField();
        boolean named = frame.object().field(id).filter(possible::shows).isPresent();
        return switch (frame.tool().kind()) {
            case COUNT, VERIFY -> named;
            case GET, SEARCH ->
                named && possible.showsAny(field -> !field.name().equals(id));
            case CREATE, UPDATE ->
                possible.showsAny(field -> frame.tool().accepts().contains(field.name()));
            case DELETE, MERGE -> named;
            case SEND -> possible.sends();
        };
    }

    private DecisionId newId(Situation situation) {
        return new DecisionId(SortableId.at(situation.now(), ids));
    }
}

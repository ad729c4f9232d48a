// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.audit.Personal;
import dev.tollgate.audit.Returned;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.gateway.state.Inspected;
import dev.tollgate.gateway.state.Known;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What the gateway writes into the audit log, and when: the decision before anything executes, the
/// outcome before anything is released, a refusal before it is told. Each method returns when the entry
/// is durable.
public final class Journal {
    /// Refusals of callers that nobody knows, and of an agent that has no budget left or is stopped, are written
    /// at most this often a second: a flood of bad tokens, or of calls over a budget, must not fill the disk. The
    /// door counts them all.
    private static final int FLOOD_A_SECOND_MAX = 20;

    /// Agents whose floods are told apart; when there are more, all begin anew.
    private static final int FLOODS_MAX = 10_000;

    private static final long NOT_WRITTEN = -1;

    /// The place of a decision that is not there yet: a reading for a decision comes before it.
    static final long NOT_DECIDED = 0;

    private final AuditLog log;
    private final InstantSource clock;
    private final ConcurrentMap<String, Flood> floods = new ConcurrentHashMap<>();

    private record Flood(long second, int written) {}

    /// @param log   takes the entries
    /// @param clock measures how long a call took
    public Journal(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// Writes that a record is about to be read for the decision on its change. Refuses with `Unrecorded`.
    Step<Long> examined(Assessed assessed, Operation reading, DecisionToken token) {
        return write(Entries.examined(assessed, reading, token));
    }

    /// Writes that an agent asked how an approval stands. Refuses with `Unrecorded`.
    public Step<Long> told(Authenticated who, String approval, String state) {
        return write(new AuditEntry.Administered(
                AuditEntry.Administered.Event.APPROVAL_ASKED,
                who.principal().agent().value(),
                Optional.of(who.policy().bundle().version()),
                Map.of(
                        "request",
                        who.from().call().request().value(),
                        "user",
                        who.principal().user().value(),
                        "approval",
                        approval,
                        "state",
                        state)));
    }

    /// Writes that an agent was told of a change that it had made before. Refuses with `Unrecorded`.
    public Step<Long> repeated(Authenticated who, JournalEntry made) {
        return write(new AuditEntry.Administered(
                AuditEntry.Administered.Event.CHANGE_REPEATED,
                who.principal().agent().value(),
                Optional.of(who.policy().bundle().version()),
                Map.of(
                        "request",
                        who.from().call().request().value(),
                        "user",
                        who.principal().user().value(),
                        "change",
                        made.id().value())));
    }

    /// Writes that a bearer token is about to be handed out: to whom, for whom, for what, on which proof; never
    /// the token. Refuses with `Unrecorded`.
    ///
    /// @param proof  how the agent proved that it is itself
    /// @param ground by what it acts for the person
    public Step<Long> delegated(
            RequestId request, PolicyVersion policy, TokenIssuer.Issued made, String proof, String ground) {
        Delegation given = made.delegation();
        Map<String, String> detail = new TreeMap<>(Map.of(
                "request", request.value(),
                "user", given.user().value(),
                "token", made.id(),
                "proof", proof,
                "ground", ground,
                "task", given.task().value(),
                "session", given.session().value(),
                "expires", given.expires().toString(),
                "actors", String.join(" ", given.actors()),
                "scopes", scopes(given)));
        given.workflow().ifPresent(id -> detail.put("workflow", id.value()));
        given.step().ifPresent(name -> detail.put("step", name));
        if (given.cnf().bound()) {
            detail.put("bound", given.cnf().jkt().isPresent() ? "jkt" : "x5t#S256");
        }
        return write(new AuditEntry.Administered(
                AuditEntry.Administered.Event.DELEGATED, given.agent().value(), Optional.of(policy), detail));
    }

    private static String scopes(Delegation given) {
        return String.join(
                " ", given.scopes().stream().map(Scope::toString).sorted().toList());
    }

    /// Writes that a bearer token was asked for and not handed out. Refuses with `Unrecorded`.
    ///
    /// @param agent  who asked, when that was proven
    /// @param detail why not, in closed words
    public Step<Long> notIssued(RequestId request, Optional<AgentId> agent, String detail) {
        String who = agent.map(AgentId::value).orElse("");
        Optional<String> words = Optional.of(who.isEmpty() ? detail : detail + " for " + who);
        return oneMore("oauth " + who)
                ? write(new AuditEntry.Refused(
                        request,
                        Optional.empty(),
                        "oauth_token",
                        new Refusal.Unauthenticated(),
                        words,
                        Optional.empty()))
                : Step.pass(NOT_WRITTEN);
    }

    /// Writes what policy decided, and on whose approval. Refuses with `Unrecorded`.
    ///
    /// @param situation that it was decided on
    public Step<Long> decided(Examined examined, Decision decision, Situation situation, Optional<String> approval) {
        return write(Entries.decision(examined, decision, situation, approval));
    }

    /// Writes what is about to be released. Refuses with `Unrecorded`.
    public Step<Long> released(Inspected inspected) {
        Known known = inspected.known();
        Decision decision = inspected.from().decided().decision();
        Returned.Counter counter = new Returned.Counter();
        List<Personal> personal = new ArrayList<>();
        for (ShownRow row : inspected.from().rows()) {
            counter.row(Entries.views(row));
            personal.add(Entries.row(
                    personal.size(),
                    inspected.from().decided().operation(),
                    row,
                    decision,
                    Entries.done(row, inspected)));
        }
        Sourced.of(personal.size(), inspected.from().from()).ifPresent(personal::add);
        Entries.change(inspected.from().from()).ifPresent(personal::add);
        personal.add(Personal.answer(known.operation().flatMap(Entries::subject), inspected.digest()));
        return write(new AuditEntry.Outcome(
                known.call().request(),
                inspected.from().decided().logIndex(),
                Optional.empty(),
                known.token().map(token -> Entries.token(token, known, Optional.of(clock.instant()))),
                counter.returned(
                        inspected.truncated().size(),
                        inspected.from().from().rows().dropped(),
                        new Returned.Findings(
                                inspected.noticed().counts(),
                                inspected.noticed().suspected()),
                        Need.of(inspected.from()).map(Need::missing).orElseGet(Collections::emptySortedMap),
                        Steps.names(inspected.from())),
                Entries.changed(inspected.from().decided().operation()),
                timings(known),
                personal));
    }

    /// Writes a refusal: as the outcome of its decision when there is one, by itself otherwise. Refuses with
    /// `Unrecorded`.
    public Step<Long> refused(Known known, Refusal why) {
        if (known.decisionIndex().isPresent()) {
            Optional<Instant> accepted =
                    why instanceof Refusal.TokenRefused ? Optional.empty() : Optional.of(clock.instant());
            return write(new AuditEntry.Outcome(
                    known.call().request(),
                    known.decisionIndex().getAsLong(),
                    Optional.of(why),
                    known.token().map(token -> Entries.token(token, known, accepted)),
                    Returned.NOTHING,
                    List.of(),
                    timings(known),
                    List.of()));
        }
        boolean flood =
                known.principal().isEmpty() || why instanceof Refusal.OverBudget || why instanceof Refusal.Halted;
        String who = known.principal().map(one -> one.agent().value()).orElse("");
        return flood && !oneMore(who) ? Step.pass(NOT_WRITTEN) : write(Entries.refusal(known, why));
    }

    /// Whether one more refusal of this kind is written for an agent, or for all strangers, in this second.
    private boolean oneMore(String who) {
        long second = clock.instant().getEpochSecond();
        if (floods.size() >= FLOODS_MAX) {
            floods.clear();
        }
        return floods.merge(
                                who,
                                new Flood(second, 1),
                                (known, one) -> known.second() == second ? new Flood(second, known.written() + 1) : one)
                        .written()
                <= FLOOD_A_SECOND_MAX;
    }

    /// Writes that a decision was asked for and not executed, with the token that was handed out. Refuses with
    /// `Unrecorded`.
    public Step<Long> authorised(Assessed assessed, Decide.Ruled ruled, Optional<DecisionToken> token) {
        Known known = assessed.known();
        if (token.isPresent()) {
            return write(new AuditEntry.TokenIssued(
                    known.call().request(), ruled.logIndex(), Entries.issued(token.get(), assessed)));
        }
        if (!ruled.decision().permits()) {
            return Step.pass(ruled.logIndex());
        }
        return write(new AuditEntry.Outcome(
                known.call().request(),
                ruled.logIndex(),
                Optional.empty(),
                Optional.empty(),
                Returned.NOTHING,
                List.of(),
                timings(known),
                List.of()));
    }

    private SortedMap<String, Long> timings(Known known) {
        long micros = Duration.between(known.received(), clock.instant()).toNanos() / 1_000;
        return new TreeMap<>(Map.of("total", Math.max(0, micros)));
    }

    private Step<Long> write(AuditEntry entry) {
        return log.record(entry).then(recorded -> Step.pass(recorded.logIndex()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.remedy;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.Call;
import dev.tollgate.audit.Caller;
import dev.tollgate.audit.Personal;
import dev.tollgate.audit.Returned;
import dev.tollgate.audit.Ruling;
import dev.tollgate.audit.Token;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The steps of a rollback as audit entries: read like any other call's, by the agent `tollgate-rollback` for
/// the person who asked.
///
/// @param who    the actor
/// @param policy the bundle in force
record RemedyEntries(Principal who, PolicyVersion policy) {
    private static final String INTENT = "rollback";
    private static final String DOOR = "operator";

    AuditEntry examined(RequestId request, Instant at, Operation reading, DecisionToken token) {
        return new AuditEntry.Examined(
                caller(),
                call(request, at, reading, List.of()),
                policy,
                token(token, reading, Optional.empty()),
                List.of(Personal.call(subject(reading), reading.canonical())));
    }

    AuditEntry decided(RequestId request, Instant at, Decision decision, Operation writing) {
        List<Ruling.Verdict> verdicts = new ArrayList<>();
        TreeSet<String> classes = new TreeSet<>();
        decision.verdicts().forEach((field, verdict) -> {
            verdicts.add(verdict(field, verdict));
            classes.add(verdict.dataClass().name());
        });
        return new AuditEntry.Decision(
                caller(),
                call(request, at, writing, List.copyOf(classes)),
                new Ruling(
                        decision.id().value(),
                        decision.version(),
                        decision.outcome().word(),
                        decision.reason().word(),
                        decision.determining(),
                        verdicts,
                        decision.rules(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(Personal.call(subject(writing), writing.canonical())));
    }

    private static Ruling.Verdict verdict(String field, FieldVerdict verdict) {
        return new Ruling.Verdict(
                field,
                verdict.dataClass().name(),
                verdict.view(),
                verdict.atMost(),
                verdict.rules(),
                verdict.reason().word());
    }

    AuditEntry ended(
            RequestId request,
            long index,
            JournalEntry entry,
            Operation writing,
            DecisionToken token,
            Instant at,
            Optional<Refusal> refusal) {
        List<Personal> personal = refusal.isPresent()
                ? List.of()
                : subject(entry).map(of -> List.of(change(entry, of))).orElseGet(List::of);
        return new AuditEntry.Outcome(
                request,
                index,
                refusal,
                Optional.of(token(
                        token,
                        writing,
                        refusal.filter(Refusal.TokenRefused.class::isInstance).isPresent()
                                ? Optional.empty()
                                : Optional.of(at))),
                Returned.NOTHING,
                List.copyOf(new TreeSet<>(writing.given().keySet())),
                Collections.emptySortedMap(),
                personal);
    }

    /// What stood there and what stands there now, the other way round than when the agent made it.
    private static Personal change(JournalEntry entry, Personal.Subject of) {
        return Personal.change(
                0,
                of,
                new Value.Fields(entry.after()),
                new Value.Fields(entry.change().before()));
    }

    private static Optional<Personal.Subject> subject(JournalEntry entry) {
        Operation.Target target = entry.change().target();
        return entry.record().map(record -> Personal.Subject.record(target.system(), target.object(), record));
    }

    private static Optional<Personal.Subject> subject(Operation operation) {
        Operation.Target target = operation.target();
        return operation.recordId().map(record -> Personal.Subject.record(target.system(), target.object(), record));
    }

    private Caller caller() {
        return Caller.of(who, Optional.of(INTENT));
    }

    private static Call call(RequestId request, Instant at, Operation asked, List<String> classes) {
        List<String> probed = new ArrayList<>(asked.touched());
        probed.removeAll(asked.fields());
        return new Call(
                request,
                at,
                DOOR,
                asked.target(),
                List.of(),
                asked.fields(),
                probed,
                classes,
                Call.Model.NONE,
                Optional.empty(),
                Optional.empty());
    }

    private static Token token(DecisionToken token, Operation operation, Optional<Instant> accepted) {
        return new Token(
                token.id(),
                token.issued(),
                token.expires(),
                operation.target(),
                token.grant().fields(),
                token.grant().amount(),
                token.policy(),
                false,
                accepted);
    }
}

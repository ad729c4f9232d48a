// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Follows data from fields to what an agent made of them and back (requirements S0-25, S0-26). What
/// stands in a message cannot be seen in a log that holds no values, and a summary has nothing in
/// common with what it sums up. So the answer is what may be in it: all that the same agent was shown
/// for the same person in the same session, or about the same customer, or where either task names
/// none. Only reads.
public final class AuditLineage {
    /// What leaves or stays as an artifact: a message, a record, a field of one.
    private static final Set<String> MAKING = Set.of("send", "write", "create", "export");

    /// Pages of one answer; more is asked for by a shorter time.
    private static final int PAGES_MAX = 100;

    private static final String RELEASED = "released";

    private final AuditQuestions questions;

    AuditLineage(AuditQuestions questions) {
        this.questions = questions;
    }

    /// Something that an agent made, and what may be in it.
    ///
    /// @param artifact the call that made it
    /// @param fields   how each of its own fields left: `clear` as it was written, `masked` without
    ///     what was found in it
    /// @param sources  what the agent had been shown, oldest first
    public record Made(Action artifact, List<Access.Shown> fields, List<Access> sources) {
        public Made {
            fields = List.copyOf(fields);
            sources = List.copyOf(sources);
        }
    }

    /// A field of a record that was shown, and what may hold it since.
    ///
    /// @param shown     the call that showed it, with that field only
    /// @param artifacts what was made after it, oldest first
    public record Gone(Access shown, List<Action> artifacts) {
        public Gone {
            artifacts = List.copyOf(artifacts);
        }
    }

    /// What may be in what a call made; nothing when the log has no decision of that call.
    ///
    /// @param back how long before the call is looked through
    public Optional<Made> made(RequestId request, Duration back) {
        return questions.call(request).stream()
                .filter(entry -> entry.kind().equals("decision"))
                .findFirst()
                .map(decision -> made(decision, back));
    }

    private Made made(StoredEntry decision, Duration back) {
        Instant at = decision.at().orElse(Instant.EPOCH);
        List<Access> sources = new ArrayList<>();
        for (StoredEntry before : decisions(decision, at.minus(back), at.plusNanos(1_000))) {
            if (before.index() < decision.index() && together(before, decision)) {
                sources.addAll(questions.shown(before));
            }
        }
        return new Made(questions.action(decision), Access.decided(decision), sources);
    }

    /// Where a field of a customer's records went between two moments.
    ///
    /// @param scope where the id means something, for example `demo/contact`; nothing for everywhere
    /// @param field name of the field
    public List<Gone> gone(Optional<String> scope, String customer, String field, Instant from, Instant to) {
        List<Gone> gone = new ArrayList<>();
        long after = 0;
        for (int page = 0; page < PAGES_MAX; page++) {
            Page<Access> found = questions.accesses(scope, customer, from, to, after);
            for (Access access : found.rows()) {
                access.only(field)
                        .filter(shown -> shown.fields().getFirst().view() != View.WITHHELD)
                        .ifPresent(shown -> gone.add(new Gone(shown, artifacts(shown, to))));
            }
            if (!found.more()) {
                break;
            }
            after = found.next();
        }
        return gone;
    }

    private List<Action> artifacts(Access shown, Instant to) {
        StoredEntry source = questions.entry(shown.decisionIndex());
        return decisions(source, shown.at(), to).stream()
                .filter(later -> later.index() > source.index())
                .filter(later ->
                        later.text("call/verb").filter(MAKING::contains).isPresent())
                .filter(later -> together(source, later))
                .map(questions::action)
                .filter(action -> action.result().filter(RELEASED::equals).isPresent())
                .toList();
    }

    /// Decisions of the same agent for the same person.
    private List<StoredEntry> decisions(StoredEntry like, Instant from, Instant to) {
        String agent = like.text("caller/agent").orElse("");
        String user = like.text("caller/user").orElse("");
        List<StoredEntry> decisions = new ArrayList<>();
        long after = 0;
        for (int page = 0; page < PAGES_MAX; page++) {
            Page<Action> found = questions.actions(agent, user, from, to, after);
            found.rows().stream()
                    .map(action -> questions.entry(action.logIndex()))
                    .filter(entry -> entry.kind().equals("decision"))
                    .forEach(decisions::add);
            if (!found.more()) {
                break;
            }
            after = found.next();
        }
        return decisions;
    }

    /// Whether what one call showed may be in what the other made.
    private boolean together(StoredEntry one, StoredEntry other) {
        boolean session = one.text("caller/session").equals(other.text("caller/session"));
        if (session) {
            return true;
        }
        Optional<String> first = questions.customer(one);
        Optional<String> second = questions.customer(other);
        return first.isEmpty() || second.isEmpty() || first.equals(second);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.containment.RiskScore;
import dev.tollgate.lineage.Carried;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a decision is taken on beside the principal and the operation. Passed in, never looked up, so
/// that any past decision can be taken again. The amount is not here: it is read from the operation
/// itself, because what is decided is what goes upstream (requirement B-4).
///
/// @param now          the moment of the decision
/// @param risk         how risky the agent looks
/// @param carried      what the agent may still hold of what it was shown before
/// @param evidence     step-up and approval
/// @param customerTier the tier of the task's customer as the gateway read it from the system, never as an
///                     agent says
/// @param priors       what the records of a change hold now: one, or two for a merge; none for anything else
/// @param outgoing     what is known of a message before it leaves; asked of a `send` only
/// @param task         what was fulfilled in the task before, and what its case is about
/// @param warrant      how a change stands to what the person asked for, when the token says what that is
public record Situation(
        Instant now,
        RiskScore risk,
        Carried carried,
        Evidence evidence,
        Optional<String> customerTier,
        List<Prior> priors,
        Outgoing outgoing,
        TaskFacts task,
        Optional<Warrant> warrant) {
    public Situation {
        priors = List.copyOf(priors);
    }

    /// Nothing special: no risk, nothing carried, no evidence.
    public static Situation at(Instant now) {
        return new Situation(
                now,
                RiskScore.NONE,
                Carried.NOTHING,
                Evidence.NONE,
                Optional.empty(),
                List.of(),
                Outgoing.UNKNOWN,
                TaskFacts.NONE,
                Optional.empty());
    }

    /// The same with this risk.
    public Situation with(RiskScore assessed) {
        return new Situation(now, assessed, carried, evidence, customerTier, priors, outgoing, task, warrant);
    }

    /// The same with what the agent may still hold.
    public Situation with(Carried held) {
        return new Situation(now, risk, held, evidence, customerTier, priors, outgoing, task, warrant);
    }

    /// The same with this evidence.
    public Situation with(Evidence given) {
        return new Situation(now, risk, carried, given, customerTier, priors, outgoing, task, warrant);
    }

    /// The same with what the records of a change hold now.
    public Situation with(List<Prior> found) {
        return new Situation(now, risk, carried, evidence, customerTier, found, outgoing, task, warrant);
    }

    /// The same with the tier of the task's customer.
    public Situation withTier(Optional<String> read) {
        return new Situation(now, risk, carried, evidence, read, priors, outgoing, task, warrant);
    }

    /// The same with what is known of the message.
    public Situation with(Outgoing known) {
        return new Situation(now, risk, carried, evidence, customerTier, priors, known, task, warrant);
    }

    /// The same with what is known of the task.
    public Situation with(TaskFacts known) {
        return new Situation(now, risk, carried, evidence, customerTier, priors, outgoing, known, warrant);
    }

    /// The same with how it stands to what the person asked for.
    public Situation with(Warrant found) {
        Optional<Warrant> given = Optional.of(found);
        return new Situation(now, risk, carried, evidence, customerTier, priors, outgoing, task, given);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.ChangeNotes;
import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Decided;
import dev.tollgate.gateway.state.Waiting;
import dev.tollgate.governance.approval.Demand;
import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.ApprovalTerms;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.policy.token.TokenCheck;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.util.List;
import java.util.Optional;

/// Stage 7: turns the decision into a token for exactly one execution. A token that the agent brings is
/// used instead of a new one, and must be its own, of the active bundle; whether it fits the operation
/// is the connector's to say.
public record Approve(TokenMint mint, TokenCheck check, Oversight people) {
    /// Refuses with `FieldsMissing` before anybody is asked, `ApprovalPending`, `ApprovalRefused`, `OverBudget` when
    /// too many wait, `Malformed`
    /// when a change is too large to be shown, `Undecidable` when approvals cannot be kept, or
    /// `TokenRefused`.
    public Step<Approved> apply(Decided decided) {
        if (decided.from().lacks().isPresent()) {
            return Step.refuse(decided.from().lacks().get());
        }
        if (!decided.decision().permits()) {
            return asked(decided);
        }
        return decided.who()
                .from()
                .call()
                .decisionToken()
                .map(brought -> presented(decided, brought))
                .orElseGet(() -> minted(decided));
    }

    /// Puts the change before people. Nothing waits for them: the agent comes back.
    private Step<Approved> asked(Decided decided) {
        Optional<Waiting> waiting = decided.waiting();
        if (waiting.isEmpty()) {
            return Step.refuse(new Refusal.Undecidable("nobody can be asked"));
        }
        if (waiting.get().standing() instanceof Standing.Overtaken overtaken) {
            return Step.refuse(overtaken.why());
        }
        List<RuleId> rules = decided.decision().determining();
        Bundle bundle = decided.who().policy().bundle();
        ApprovalTerms terms =
                ApprovalTerms.all(rules.stream().map(bundle::approval).toList());
        if (rules.size() > 1 && terms.roles().isEmpty()) {
            return Step.refuse(new Refusal.Malformed(List.of(
                    "`/values` needs the approval of different people: change their fields in calls of their own")));
        }
        return people.ask(waiting.get().change(), demand(decided, rules.getFirst(), terms))
                .then(id -> Step.refuse(
                        new Refusal.ApprovalPending(id.value(), rules.getFirst(), Decide.found(decided.from()))));
    }

    private static Demand demand(Decided decided, RuleId rule, ApprovalTerms terms) {
        Bundle bundle = decided.who().policy().bundle();
        Decision.Need need = decided.decision().need();
        return new Demand(
                rule,
                Math.max(1, need.approvers()),
                need.stepUp(),
                terms.roles(),
                Optional.ofNullable(
                                bundle.agents().get(decided.who().principal().agent()))
                        .flatMap(AgentRecord::owner),
                terms.lasts(),
                ChangeNotes.of(decided.who().from().call().arguments()).reason().orElse(""));
    }

    /// A new token for exactly the decided operation, to be handed out.
    public TokenMint.Minted mint(Decided decided) {
        return mint.mint(
                decided.who().principal(),
                decided.decision(),
                decided.operation(),
                decided.logIndex(),
                DecisionToken.LIFE_MAX);
    }

    private Step<Approved> minted(Decided decided) {
        TokenMint.Minted minted =
                mint.mintHere(decided.who().principal(), decided.decision(), decided.operation(), decided.logIndex());
        return Step.pass(new Approved(decided, minted.token(), SecretValue.of(minted.jws()), false));
    }

    @RevealsSecret("the presented decision token is read here before it goes to the connector")
    private Step<Approved> presented(Decided decided, SecretValue brought) {
        Authenticated who = decided.who();
        return check.read(brought.reveal()).then(token -> {
            if (!token.heldBy(who.principal())) {
                return Step.refuse(new Refusal.TokenRefused("it is not a token of this gateway"));
            }
            if (!token.policy().equals(who.policy().bundle().version())) {
                return Step.refuse(new Refusal.TokenRefused("policy has changed since"));
            }
            return people.check(Contain.subject(who.principal(), decided.operation()), token.issued())
                    .then(_ -> Step.pass(new Approved(decided, token, brought, true)));
        });
    }
}

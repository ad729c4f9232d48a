// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.authzen;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.Outcome;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The answer to "may I?" (requirement S3-9): authorised or not, within which constraints, with the decision token when
/// there is one. Holds no customer data: the values in its rules are the asker's own.
///
/// @param decision  what policy says
/// @param operation the operation as narrowed by the decision, or as asked when it was refused
/// @param token     present only when the decision permits
public record AuthorizationEnvelope(Decision decision, Operation operation, Optional<TokenMint.Minted> token) {
    /// The word for the outcome: `authorised`, `denied`, `needs_step_up` or `needs_approval`.
    public String word() {
        return switch (decision.outcome()) {
            case PERMIT -> "authorised";
            case DENY, NEEDS_STEP_UP, NEEDS_APPROVAL ->
                decision.outcome() == Outcome.DENY
                        ? "denied"
                        : decision.outcome().word();
        };
    }

    /// The envelope as the tool's structured answer.
    public Value.Fields toValue() {
        Map<String, Value> envelope = new TreeMap<>();
        envelope.put("decision", Value.of(word()));
        envelope.put("decision_id", Value.of(decision.id().value()));
        envelope.put("policy_version", Value.of(decision.version().value()));
        envelope.put("reason", Value.of(decision.reason().word()));
        envelope.put(
                "rule_ids",
                Value.texts(decision.determining().stream().map(RuleId::value).toList()));
        envelope.put("constraints", constraints());
        decision.refusal().ifPresent(refusal -> envelope.put("explanation", Value.of(refusal.explain())));
        token.ifPresent(minted -> envelope.put("token", Value.of(minted.jws())));
        return new Value.Fields(envelope);
    }

    private Value.Fields constraints() {
        Map<String, Value> constraints = new TreeMap<>();
        Map<String, Value> fields = new TreeMap<>();
        for (FieldVerdict verdict : decision.verdicts().values()) {
            if (operation.touched().contains(verdict.path().field()) || verdict.atMost() == View.WITHHELD) {
                fields.put(verdict.path().field(), field(verdict));
            }
        }
        constraints.put("fields", new Value.Fields(fields));
        List<Value> rules = new ArrayList<>();
        decision.rules().stream().map(RowRule::canonical).forEach(rules::add);
        constraints.put("rules", new Value.Items(rules));
        Map<String, Value> limits = new TreeMap<>();
        limits.put("uses", Value.of(1));
        if (operation instanceof Operation.Search search) {
            limits.put("rows", Value.of(search.limit()));
        }
        constraints.put("limits", new Value.Fields(limits));
        token.ifPresent(minted ->
                constraints.put("expires", Value.of(minted.token().expires().toString())));
        return new Value.Fields(constraints);
    }

    private static Value.Fields field(FieldVerdict verdict) {
        Map<String, Value> field = new TreeMap<>();
        field.put("view", Value.of(verdict.atMost().word()));
        field.put("class", Value.of(verdict.dataClass().name()));
        field.put("reason", Value.of(verdict.reason().word()));
        field.put(
                "rules", Value.texts(verdict.rules().stream().map(RuleId::value).toList()));
        if (verdict.dependsOnRow()) {
            field.put("certain_view", Value.of(verdict.view().word()));
        }
        return new Value.Fields(field);
    }
}

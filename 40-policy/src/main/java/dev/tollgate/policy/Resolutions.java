// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.Rec;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.World;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.View;
import java.util.List;
import java.util.Optional;

/// Whether a sink may have the value that a handle stands for (requirement B-6). Policy says so of the field, and so
/// of its class, for this destination and this purpose, by the action `resolve`; no other permit reaches it. A class
/// that the workflow does not name stays out of reach.
///
/// @param policy the policies that decide the message
public record Resolutions(DecisionPoint policy) {
    /// The view that the agent has of what is resolved.
    private static final View SEEN = View.HANDLE;

    /// The rules that let the sink have it; nothing when none does, or one forbids it, or one cannot be evaluated.
    public Optional<List<RuleId>> permits(
            Principal who, Operation.Target sink, SystemId system, FieldPath field, Situation situation) {
        Bundle bundle = policy.bundle();
        if (!(new Gate(bundle).check(who, sink, situation.now()) instanceof Gate.Passage.Open(Frame frame))) {
            return Optional.empty();
        }
        return bundle.world()
                .place(system, field.object(), field.field())
                .filter(place ->
                        place.classes().stream().anyMatch(frame.workflow().classes()::contains))
                .flatMap(place -> asked(frame, system, place.uid(), situation));
    }

    private Optional<List<RuleId>> asked(Frame frame, SystemId system, EntityUid field, Situation situation) {
        Bundle bundle = policy.bundle();
        Entity agent = Contexts.agent(frame.who());
        Entities world = bundle.world().entities(system).with(agent);
        CedarValue now = Contexts.now(situation);
        Rec context = Contexts.with(
                Contexts.shared(frame, situation, situation.evidence(), bundle.limits(), Optional.empty())
                        .with("now", now),
                SEEN,
                Rec.EMPTY);
        Ruling ruling = Rulings.of(
                bundle.rules(),
                bundle.rules()
                        .policies()
                        .candidates(agent.uid(), World.RESOLVE, field, world)
                        .authorize(context));
        return ruling instanceof Ruling.Granted(List<RuleId> rules) ? Optional.of(rules) : Optional.empty();
    }
}

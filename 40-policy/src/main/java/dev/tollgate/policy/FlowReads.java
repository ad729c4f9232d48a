// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.cedar.Candidates;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.World;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Verb;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which operations the policies of one bundle judge by what an agent was shown before. Safe for many threads.
final class FlowReads {
    /// What the context calls it.
    private static final List<String> ATTRIBUTES = List.of("carried", "integrity");

    /// Agents × objects × verbs that are remembered; beyond it all are worked out again.
    private static final int KNOWN_MAX = 10_000;

    private static final FieldType STRICTEST = FieldType.unknown("unknown");

    private record Asked(AgentId agent, SystemId system, String object, Verb verb) {}

    private final Bundle bundle;
    private final boolean never;
    private final Map<Asked, Boolean> known = new ConcurrentHashMap<>();

    FlowReads(Bundle bundle) {
        this.bundle = bundle;
        this.never = ATTRIBUTES.stream().noneMatch(bundle.rules().policies()::reads);
    }

    boolean asked(Principal who, Operation.Target target) {
        if (never) {
            return false;
        }
        Asked asked = new Asked(who.agent(), target.system(), target.object(), target.verb());
        Boolean found = known.get(asked);
        if (found != null) {
            return found;
        }
        if (known.size() >= KNOWN_MAX) {
            known.clear();
        }
        boolean reads = bundle.catalog()
                .object(target.system(), target.object())
                .map(object -> reads(Contexts.agent(who), target, object))
                .orElse(true);
        known.put(asked, reads);
        return reads;
    }

    private boolean reads(Entity who, Operation.Target target, ObjectType object) {
        // Where a message goes is no field: what some policy asks may be asked of it.
        if (target.verb() == Verb.SEND) {
            return true;
        }
        Entities world = bundle.world().entities(target.system()).with(who);
        // What comes back of a change is read.
        Set<Verb> verbs = target.verb().changes() ? EnumSet.of(target.verb(), Verb.READ) : EnumSet.of(target.verb());
        for (FieldType field : object.fields()) {
            boolean reads = bundle.world().place(target.system(), object.name(), field.name()).stream()
                    .anyMatch(place -> verbs.stream().anyMatch(verb -> reads(who, verb, place.uid(), world)));
            if (reads) {
                return true;
            }
        }
        // What no contract knows is decided too.
        Entity unknown = bundle.world().unknown(target.system(), new FieldPath(object.name(), "unknown"), STRICTEST);
        return verbs.stream().anyMatch(verb -> reads(who, verb, unknown.uid(), world.with(unknown)));
    }

    private boolean reads(Entity who, Verb verb, EntityUid field, Entities world) {
        Candidates candidates = bundle.rules().policies().candidates(who.uid(), World.action(verb), field, world);
        return ATTRIBUTES.stream().anyMatch(candidates::reads);
    }
}

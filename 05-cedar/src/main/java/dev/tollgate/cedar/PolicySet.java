// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Compiled policies, ready to answer. Immutable to its users, safe to share between threads. Made by `Compiler`.
public final class PolicySet {
    private static final EntityUid NOBODY = new EntityUid("", "");

    private final Rule[] rules;
    private final Map<String, Rule> byId = new HashMap<>();
    private final Index index;
    private final Entities actions;

    PolicySet(Rule[] rules, Entities actions) {
        this.rules = rules;
        this.actions = actions;
        this.index = new Index(rules);
        for (Rule rule : rules) {
            byId.put(rule.id(), rule);
        }
    }

    /// Answers one request with full diagnostics.
    public Answer authorize(Request request, Entities entities) {
        return candidates(request.principal(), request.action(), request.resource(), entities)
                .authorize(request.context());
    }

    /// Answers one request of whose context parts are unknown.
    ///
    /// @param request its context is the known part
    public PartialAnswer partial(Request request, Unknowns unknowns, Entities entities) {
        return candidates(request.principal(), request.action(), request.resource(), entities)
                .partial(request.context(), unknowns);
    }

    /// The policies that can apply to a principal, an action and a resource, whatever the context.
    public Candidates candidates(EntityUid principal, EntityUid action, EntityUid resource, Entities entities) {
        Candidates candidates = new Candidates(this, principal, action, resource, entities);
        index.plan(action, candidates.actionPlaced).of(resource.type()).collect(candidates);
        return candidates;
    }

    /// The same as `candidates`, looking at every policy. Slow; tests compare the index with it.
    Candidates scan(EntityUid principal, EntityUid action, EntityUid resource, Entities entities) {
        Candidates candidates = new Candidates(this, principal, action, resource, entities);
        for (Rule rule : rules) {
            if (rule.head().admits(candidates)) {
                candidates.take(rule);
            }
        }
        return candidates;
    }

    /// Whether some policy reads this attribute of the context, or the context as a whole.
    public boolean reads(String attribute) {
        for (Rule rule : rules) {
            if (rule.reads().has(attribute)) {
                return true;
            }
        }
        return false;
    }

    /// How many policies there are, links of templates included and templates left out.
    public int size() {
        return rules.length;
    }

    /// The ids of all policies, in order: `policy0`, `policy1`, … as the official parser numbers them, or link ids.
    public List<String> ids() {
        List<String> ids = new ArrayList<>(rules.length);
        for (Rule rule : rules) {
            ids.add(rule.id());
        }
        return ids;
    }

    /// Whether there is a policy of that id.
    public boolean has(String id) {
        return byId.containsKey(id);
    }

    /// The annotations of a policy, such as `id`; a value left out in the policy is an empty text.
    ///
    /// @throws IllegalArgumentException when there is no such policy
    public SortedMap<String, String> annotations(String id) {
        return rule(id).annotations();
    }

    /// What a policy does when it is satisfied.
    ///
    /// @throws IllegalArgumentException when there is no such policy
    public Effect effect(String id) {
        return rule(id).effect();
    }

    private Rule rule(String id) {
        Rule rule = byId.get(id);
        if (rule == null) {
            throw new IllegalArgumentException("no policy has the id `" + id + "`");
        }
        return rule;
    }

    String id(int number) {
        return rules[number].id();
    }

    Effect effect(int number) {
        return rules[number].effect();
    }

    Entities actions() {
        return actions;
    }

    /// An entity of the store, or an action of the schema.
    @Nullable
    Placed find(EntityUid uid, Entities entities) {
        Placed found = entities.find(uid);
        return found == null ? actions.find(uid) : found;
    }

    Frame nowhere() {
        return new Frame(new Candidates(this, NOBODY, NOBODY, NOBODY, Entities.EMPTY), Rec.EMPTY);
    }
}

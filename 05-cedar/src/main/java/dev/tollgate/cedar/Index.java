// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds the policies whose heads can match a request: by action and its groups, then by the resource's type, then by
/// the one resource and the one principal that the head names. Plans are made when an action or a type is first asked
/// for. Leaving policies out is safe because heads cannot fail (rule 4 of the language: only conditions do).
final class Index {
    /// Plans kept. A catalogue has far fewer actions and types; what comes beyond is planned anew each time.
    private static final int PLANS_MAX = 4_096;

    private final Map<EntityUid, List<Rule>> byAction = new HashMap<>();
    private final List<Rule> anyAction = new ArrayList<>();
    private final Map<EntityUid, ActionPlan> plans = new ConcurrentHashMap<>();

    Index(Rule[] rules) {
        for (Rule rule : rules) {
            switch (rule.head().action()) {
                case Scope.Equal equal -> file(equal.uid(), rule);
                case Scope.In in -> file(in.group(), rule);
                case Scope.InAny in -> Set.copyOf(in.groups()).forEach(group -> file(group, rule));
                case Scope.IsIn in -> file(in.group(), rule);
                case Scope.Any any -> anyAction.add(rule);
                case Scope.Is is -> anyAction.add(rule);
            }
        }
    }

    private void file(EntityUid action, Rule rule) {
        byAction.computeIfAbsent(action, absent -> new ArrayList<>()).add(rule);
    }

    /// The plan for an action that is in the groups of `placed`.
    ActionPlan plan(EntityUid action, @Nullable Placed placed) {
        ActionPlan plan = plans.get(action);
        if (plan != null && plan.isFor(placed)) {
            return plan;
        }
        ActionPlan made = make(action, placed);
        if (plan != null || plans.size() < PLANS_MAX) {
            plans.put(action, made);
        }
        return made;
    }

    private ActionPlan make(EntityUid action, @Nullable Placed placed) {
        TreeMap<Integer, Rule> matching = new TreeMap<>();
        collect(anyAction, action, placed, matching);
        collect(byAction.getOrDefault(action, List.of()), action, placed, matching);
        if (placed != null) {
            for (EntityUid group : placed.ancestorList()) {
                collect(byAction.getOrDefault(group, List.of()), action, placed, matching);
            }
        }
        return new ActionPlan(placed, matching.values().toArray(new Rule[0]));
    }

    private static void collect(List<Rule> from, EntityUid action, @Nullable Placed placed, Map<Integer, Rule> into) {
        for (Rule rule : from) {
            if (rule.head().action().admits(action, placed)) {
                into.put(rule.number(), rule);
            }
        }
    }

    /// The policies that an action leaves, by the resource's type.
    static final class ActionPlan {
        private final @Nullable Placed placed;
        private final Rule[] rules;
        private final Map<String, TypePlan> byType = new ConcurrentHashMap<>();

        ActionPlan(@Nullable Placed placed, Rule[] rules) {
            this.placed = placed;
            this.rules = rules;
        }

        /// Whether it was made for an action in the same groups.
        boolean isFor(@Nullable Placed other) {
            return placed == other
                    || (placed != null && other != null && placed.ancestors().equals(other.ancestors()));
        }

        TypePlan of(String resourceType) {
            TypePlan plan = byType.get(resourceType);
            if (plan == null) {
                plan = new TypePlan(rules, resourceType);
                if (byType.size() < PLANS_MAX) {
                    byType.put(resourceType, plan);
                }
            }
            return plan;
        }
    }

    /// The policies that a resource's type leaves, by the resource and then the principal that they name.
    static final class TypePlan {
        private final Map<EntityUid, ByPrincipal> byResource = new HashMap<>();
        private final ByPrincipal anyResource = new ByPrincipal();

        TypePlan(Rule[] rules, String type) {
            for (Rule rule : rules) {
                Scope resource = rule.head().resource();
                if (possible(resource, type)) {
                    EntityUid key = resource.key();
                    ByPrincipal part =
                            key == null ? anyResource : byResource.computeIfAbsent(key, absent -> new ByPrincipal());
                    part.file(rule);
                }
            }
            anyResource.settle();
            byResource.values().forEach(ByPrincipal::settle);
        }

        private static boolean possible(Scope resource, String type) {
            return switch (resource) {
                case Scope.Equal equal -> equal.uid().type().equals(type);
                case Scope.Is is -> is.type().equals(type);
                case Scope.IsIn is -> is.type().equals(type);
                case Scope.Any any -> true;
                case Scope.In in -> true;
                case Scope.InAny in -> true;
            };
        }

        void collect(Candidates into) {
            anyResource.collect(into);
            if (byResource.isEmpty()) {
                return;
            }
            ByPrincipal own = byResource.get(into.resource);
            if (own != null) {
                own.collect(into);
            }
            if (into.resourcePlaced != null) {
                for (EntityUid group : into.resourcePlaced.ancestorList()) {
                    ByPrincipal part = group.equals(into.resource) ? null : byResource.get(group);
                    if (part != null) {
                        part.collect(into);
                    }
                }
            }
        }
    }

    /// Policies by the principal that they name; arrays once all are filed.
    private static final class ByPrincipal {
        private final Map<EntityUid, List<Rule>> filed = new HashMap<>();
        private final List<Rule> filedAny = new ArrayList<>();
        private final Map<EntityUid, Rule[]> byPrincipal = new HashMap<>();
        private Rule[] any = {};

        void file(Rule rule) {
            EntityUid key = rule.head().principal().key();
            (key == null ? filedAny : filed.computeIfAbsent(key, absent -> new ArrayList<>())).add(rule);
        }

        void settle() {
            any = filedAny.toArray(new Rule[0]);
            filed.forEach((principal, rules) -> byPrincipal.put(principal, rules.toArray(new Rule[0])));
            filed.clear();
            filedAny.clear();
        }

        void collect(Candidates into) {
            into.add(any);
            if (byPrincipal.isEmpty()) {
                return;
            }
            into.add(byPrincipal.get(into.principal));
            if (into.principalPlaced != null) {
                for (EntityUid group : into.principalPlaced.ancestorList()) {
                    if (!group.equals(into.principal)) {
                        into.add(byPrincipal.get(group));
                    }
                }
            }
        }
    }
}

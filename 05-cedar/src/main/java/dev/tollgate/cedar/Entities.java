// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entities that policies may ask about, immutable, with the hierarchy closed once, when they are placed.
///
/// Entities that live long (agents, groups, fields) are placed once and shared by all requests; those of one request
/// (its principal, a row) are laid over with `with`, which costs what they cost and not what the store costs.
public final class Entities {
    /// The store without entities.
    public static final Entities EMPTY = new Entities(Map.of(), Set.of(), null);

    /// Stores laid over each other; a look-up asks them one by one, so a higher pile is merged into one.
    private static final int LAYERS_MAX = 4;

    private final Map<EntityUid, Placed> placed;
    private final Set<EntityUid> named;
    private final @Nullable Entities below;
    private final int layers;

    private Entities(Map<EntityUid, Placed> placed, Set<EntityUid> named, @Nullable Entities below) {
        this.placed = placed;
        this.named = named;
        this.below = below;
        this.layers = below == null ? 1 : below.layers + 1;
    }

    /// A store of `entities`. Of two with the same uid the last one counts. Cycles are allowed: every member of one
    /// is then in every other.
    public static Entities of(Collection<Entity> entities) {
        Map<EntityUid, Entity> byUid = new HashMap<>();
        Set<EntityUid> named = new HashSet<>();
        for (Entity entity : entities) {
            byUid.put(entity.uid(), entity);
            named.addAll(entity.parents());
        }
        Map<EntityUid, Placed> placed = new HashMap<>();
        for (Entity entity : byUid.values()) {
            placed.put(entity.uid(), new Placed(entity, closure(entity, byUid)));
        }
        return new Entities(placed, named, null);
    }

    /// A store of `entities`.
    public static Entities of(Entity... entities) {
        return of(List.of(entities));
    }

    /// This store with `more` laid over it; what has the same uid is replaced. Cheap unless an entity of `more` is
    /// already known here, as an entity or as somebody's parent: then the hierarchy is closed anew.
    public Entities with(Entity... more) {
        if (layers >= LAYERS_MAX || Arrays.stream(more).anyMatch(entity -> known(entity.uid()))) {
            return rebuilt(more);
        }
        Map<EntityUid, Entity> byUid = new HashMap<>();
        Set<EntityUid> names = new HashSet<>();
        for (Entity entity : more) {
            byUid.put(entity.uid(), entity);
            names.addAll(entity.parents());
        }
        Map<EntityUid, Placed> top = new HashMap<>();
        for (Entity entity : byUid.values()) {
            Set<EntityUid> ancestors = new LinkedHashSet<>();
            for (EntityUid above : closure(entity, byUid)) {
                ancestors.add(above);
                Placed base = find(above);
                if (base != null) {
                    ancestors.addAll(base.ancestors());
                }
            }
            top.put(entity.uid(), new Placed(entity, ancestors));
        }
        return new Entities(top, names, this);
    }

    /// The entity of that name, or null.
    public @Nullable Entity get(EntityUid uid) {
        Placed found = find(uid);
        return found == null ? null : found.entity();
    }

    /// Whether `member` is `group` or in it, directly or through others.
    public boolean isIn(EntityUid member, EntityUid group) {
        Placed found = find(member);
        return member.equals(group) || (found != null && found.ancestors().contains(group));
    }

    /// All entities, in no order; a copy.
    public List<Entity> all() {
        Map<EntityUid, Entity> every = new HashMap<>();
        collect(every);
        return List.copyOf(every.values());
    }

    /// How many entities there are.
    public int size() {
        return all().size();
    }

    @Nullable
    Placed find(EntityUid uid) {
        for (Entities layer = this; layer != null; layer = layer.below) {
            Placed found = layer.placed.get(uid);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private boolean known(EntityUid uid) {
        for (Entities layer = this; layer != null; layer = layer.below) {
            if (layer.placed.containsKey(uid) || layer.named.contains(uid)) {
                return true;
            }
        }
        return false;
    }

    private Entities rebuilt(Entity... more) {
        List<Entity> every = new ArrayList<>(all());
        every.addAll(List.of(more));
        return of(every);
    }

    private void collect(Map<EntityUid, Entity> into) {
        if (below != null) {
            below.collect(into);
        }
        placed.values().forEach(one -> into.put(one.entity().uid(), one.entity()));
    }

    /// Everything above `entity`; a walk with a memory, so that cycles end and no depth overflows a stack.
    private static Set<EntityUid> closure(Entity entity, Map<EntityUid, Entity> byUid) {
        Set<EntityUid> seen = new LinkedHashSet<>();
        ArrayDeque<EntityUid> open = new ArrayDeque<>(entity.parents());
        while (!open.isEmpty()) {
            EntityUid next = open.poll();
            if (seen.add(next)) {
                Entity above = byUid.get(next);
                if (above != null) {
                    open.addAll(above.parents());
                }
            }
        }
        return seen;
    }

    @Override
    public String toString() {
        return "Entities of " + size();
    }
}

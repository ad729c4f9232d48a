// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import org.jspecify.annotations.Nullable;

/// What the nodes of a compiled policy read: the request, its entities already looked up, the store.
final class Frame extends Work {
    final CedarValue.Entity principal;
    final CedarValue.Entity action;
    final CedarValue.Entity resource;
    final Rec context;
    final @Nullable Placed principalPlaced;
    final @Nullable Placed actionPlaced;
    final @Nullable Placed resourcePlaced;
    private final Entities entities;
    private final Entities actions;

    Frame(Candidates of, Rec context) {
        principal = of.principal.value();
        action = of.action.value();
        resource = of.resource.value();
        principalPlaced = of.principalPlaced;
        actionPlaced = of.actionPlaced;
        resourcePlaced = of.resourcePlaced;
        entities = of.entities;
        actions = of.policies.actions();
        this.context = context;
    }

    /// The entity of that name; actions come from the schema when the store does not have them.
    @Nullable
    Placed find(EntityUid uid) {
        if (uid.equals(principal.uid())) {
            return principalPlaced;
        }
        if (uid.equals(resource.uid())) {
            return resourcePlaced;
        }
        Placed found = entities.find(uid);
        return found == null ? actions.find(uid) : found;
    }

    boolean isIn(EntityUid member, EntityUid group) {
        if (member.equals(group)) {
            return true;
        }
        Placed placed = find(member);
        return placed != null && placed.ancestors().contains(group);
    }
}

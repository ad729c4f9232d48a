// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.HashSet;
import java.util.Set;

/// An entity placed in a hierarchy: with everything it is in, directly or through others.
final class Placed {
    private static final EntityUid[] NONE = {};

    private final Entity entity;
    private final Set<EntityUid> ancestors;
    private final EntityUid[] ancestorList;

    Placed(Entity entity, Set<EntityUid> ancestors) {
        this.entity = entity;
        // HashSet and not Set.copyOf: its bins become trees when chosen ids collide
        this.ancestors = new HashSet<>(ancestors);
        this.ancestorList = ancestors.toArray(NONE);
    }

    Entity entity() {
        return entity;
    }

    Set<EntityUid> ancestors() {
        return ancestors;
    }

    /// The same, for loops. Not to be changed.
    EntityUid[] ancestorList() {
        return ancestorList;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.Collection;
import java.util.List;

/// An entity as policies see it. Attributes and tags are apart: `e.x` never reads a tag.
///
/// @param uid     its name
/// @param attrs   its attributes
/// @param tags    its tags
/// @param parents the groups it is in directly; they need not be in the store
public record Entity(EntityUid uid, Rec attrs, Rec tags, List<EntityUid> parents) {
    public Entity {
        parents = List.copyOf(parents);
    }

    /// An entity without tags.
    public static Entity of(EntityUid uid, Rec attrs, Collection<EntityUid> parents) {
        return new Entity(uid, attrs, Rec.EMPTY, List.copyOf(parents));
    }

    /// An entity without attributes, tags and parents.
    public static Entity of(EntityUid uid) {
        return new Entity(uid, Rec.EMPTY, Rec.EMPTY, List.of());
    }

    @Override
    public String toString() {
        return uid.toString();
    }
}

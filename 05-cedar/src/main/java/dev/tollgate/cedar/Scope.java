// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a policy's head demands of one of the three variables. Never fails.
sealed interface Scope {
    /// Nothing.
    record Any() implements Scope {}

    /// `== uid`.
    record Equal(EntityUid uid) implements Scope {}

    /// `in group`.
    record In(EntityUid group) implements Scope {}

    /// `in [groups]`; only actions have it. Empty matches nothing.
    record InAny(List<EntityUid> groups) implements Scope {}

    /// `is type`.
    record Is(String type) implements Scope {}

    /// `is type in group`.
    record IsIn(String type, EntityUid group) implements Scope {}

    /// The entity that must be met or be above, or null when there is not exactly one.
    default @Nullable EntityUid key() {
        return switch (this) {
            case Equal equal -> equal.uid();
            case In in -> in.group();
            case IsIn is -> is.group();
            case Any any -> null;
            case InAny many -> null;
            case Is is -> null;
        };
    }

    /// Whether `uid`, placed as given, is what is demanded.
    default boolean admits(EntityUid uid, @Nullable Placed placed) {
        return switch (this) {
            case Any any -> true;
            case Equal equal -> equal.uid().equals(uid);
            case In in -> isIn(uid, placed, in.group());
            case InAny in -> in.groups().stream().anyMatch(group -> isIn(uid, placed, group));
            case Is is -> is.type().equals(uid.type());
            case IsIn is -> is.type().equals(uid.type()) && isIn(uid, placed, is.group());
        };
    }

    private static boolean isIn(EntityUid uid, @Nullable Placed placed, EntityUid group) {
        return uid.equals(group) || (placed != null && placed.ancestors().contains(group));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import static dev.tollgate.terms.Require.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attributes of a context that are not known yet, such as `context.row.owner` before the row is read. Each may
/// turn out to be anything, unless more is promised. The records that they are in are known to be there: `row` is a
/// record, and what it has beside its unknowns is what the context says.
public final class Unknowns {
    /// No unknowns: partial evaluation is evaluation.
    public static final Unknowns NONE = new Unknowns(new Tree(null, Map.of()));

    /// Names of one path. Contexts are not deeper.
    private static final int NAMES_MAX = 8;

    private final Tree root;
    private final Set<String> roots;

    private Unknowns(Tree root) {
        this.root = root;
        this.roots = Set.copyOf(root.children.keySet());
    }

    /// Where an attribute is in the context: `row`, `owner` for `context.row.owner`.
    public record Path(List<String> names) {
        public Path {
            names = List.copyOf(names);
            require(!names.isEmpty() && names.size() <= NAMES_MAX, "a path must have 1 to " + NAMES_MAX + " names");
        }

        /// The path of `names`.
        public static Path of(String... names) {
            return new Path(List.of(names));
        }

        @Override
        public String toString() {
            return "context." + String.join(".", names);
        }
    }

    /// What may be promised of an unknown.
    public enum Promise {
        /// Nothing: it may be absent, and of any type.
        NOTHING,
        /// It is there, of any type.
        PRESENT,
        /// It is there and a boolean.
        BOOL,
        /// It is there and a long.
        LONG,
        /// It is there and a datetime.
        DATETIME,
        /// It is there and a duration.
        DURATION,
        /// It is there and a decimal.
        DECIMAL,
        /// It is there and a set.
        SET,
        /// It is there and an entity.
        ENTITY
    }

    /// These unknowns, of which nothing is promised.
    public static Unknowns of(Path... paths) {
        Unknowns all = NONE;
        for (Path path : paths) {
            all = all.and(path, Promise.NOTHING);
        }
        return all;
    }

    /// These unknowns and one more.
    ///
    /// @throws IllegalArgumentException when `path` is below or above another unknown
    public Unknowns and(Path path, Promise promise) {
        return new Unknowns(root.with(path.names(), promise));
    }

    Tree root() {
        return root;
    }

    /// Whether an expression that reads this much of the context can meet an unknown.
    boolean reach(Rule.Reads reads) {
        if (reads.whole()) {
            return !roots.isEmpty();
        }
        for (String name : roots) {
            if (reads.roots().contains(name)) {
                return true;
            }
        }
        return false;
    }

    /// An unknown, or a record that unknowns are in.
    record Tree(@Nullable Promise unknown, Map<String, Tree> children) {
        Tree with(List<String> names, Promise promise) {
            require(unknown == null, "an unknown must not be below another");
            if (names.isEmpty()) {
                require(children.isEmpty(), "an unknown must not be above another");
                return new Tree(promise, Map.of());
            }
            Map<String, Tree> more = new HashMap<>(children);
            Tree below = more.getOrDefault(names.getFirst(), new Tree(null, Map.of()));
            more.put(names.getFirst(), below.with(names.subList(1, names.size()), promise));
            return new Tree(null, Map.copyOf(more));
        }
    }
}

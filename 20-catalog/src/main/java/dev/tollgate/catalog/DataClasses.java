// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.DataClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;

/// The data classes of a bundle and their hierarchy: a permit on a class reaches the classes below it. Immutable.
///
/// The base classes (requirement S0-9) are always there; a bundle adds classes below or beside them and
/// cannot move or lower one. A class is placed below another only when whoever may see the upper may as
/// well see the lower, which is why internal notes do not lie below operational notes.
public final class DataClasses {
    /// Levels of the hierarchy: deeper ones are no longer understood by those who write policies.
    public static final int DEPTH_MAX = 8;

    /// One class.
    ///
    /// @param name        the class
    /// @param parent      the class above it
    /// @param tier        the lowest sensitivity of a field in it, 0 (public) to 9
    /// @param description one sentence
    public record Entry(DataClass name, Optional<DataClass> parent, int tier, String description) {}

    /// The classes that every bundle has.
    public static final DataClasses BASE = new DataClasses(BaseClasses.entries());

    private final Map<DataClass, Entry> entries;
    private final Map<DataClass, SequencedSet<DataClass>> ancestors;

    /// Of checked entries.
    ///
    /// @throws IllegalArgumentException when a parent is missing or the hierarchy has a circle
    public DataClasses(Collection<Entry> all) {
        Map<String, Entry> sorted = new TreeMap<>();
        all.forEach(entry -> sorted.put(entry.name().name(), entry));
        Map<DataClass, Entry> byName = new HashMap<>();
        sorted.values().forEach(entry -> byName.put(entry.name(), entry));
        Map<DataClass, SequencedSet<DataClass>> above = new HashMap<>();
        byName.keySet().forEach(name -> above.put(name, climb(byName, name)));
        this.entries = Map.copyOf(byName);
        this.ancestors = Map.copyOf(above);
    }

    private static SequencedSet<DataClass> climb(Map<DataClass, Entry> entries, DataClass from) {
        SequencedSet<DataClass> above = new LinkedHashSet<>();
        Optional<DataClass> next = parent(entries, from);
        while (next.isPresent()) {
            boolean circle = !above.add(next.get()) || next.get().equals(from) || above.size() > DEPTH_MAX;
            if (circle) {
                throw new IllegalArgumentException("the classes above `" + from + "` form a circle or are too many");
            }
            next = parent(entries, next.get());
        }
        return Collections.unmodifiableSequencedSet(above);
    }

    private static Optional<DataClass> parent(Map<DataClass, Entry> entries, DataClass of) {
        Entry entry = entries.get(of);
        if (entry == null) {
            throw new IllegalArgumentException("there is no data class `" + of + "`");
        }
        return entry.parent();
    }

    /// Whether there is such a class.
    public boolean contains(DataClass name) {
        return entries.containsKey(name);
    }

    /// The class of that name, or nothing when there is none.
    public Optional<Entry> entry(DataClass name) {
        return Optional.ofNullable(entries.get(name));
    }

    /// The classes above, nearest first, without the class itself; none for a class that is not there.
    public SequencedSet<DataClass> ancestors(DataClass of) {
        SequencedSet<DataClass> above = ancestors.get(of);
        return above == null ? Collections.unmodifiableSequencedSet(new LinkedHashSet<>()) : above;
    }

    /// Whether `lower` is `upper` or lies below it.
    public boolean within(DataClass lower, DataClass upper) {
        return lower.equals(upper) || ancestors(lower).contains(upper);
    }

    /// Every class, sorted by name.
    public List<Entry> entries() {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort((one, other) -> one.name().name().compareTo(other.name().name()));
        return List.copyOf(sorted);
    }
}

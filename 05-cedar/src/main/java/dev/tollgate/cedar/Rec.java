// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import static dev.tollgate.terms.Require.require;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A record. All attributes count in equality, also those that no policy mentions.
public final class Rec implements CedarValue {
    /// Up to here attributes are hashed into a table; above, a binary search cannot be slowed by chosen names.
    private static final int TABLE_MAX = 32;

    /// The record without attributes.
    public static final Rec EMPTY = new Rec(new TreeMap<>());

    private final String[] names;
    private final CedarValue[] values;
    private final @Nullable String[] tableNames;
    private final @Nullable CedarValue[] tableValues;
    private final int hash;
    private final int depth;

    private Rec(SortedMap<String, CedarValue> sorted) {
        names = sorted.keySet().toArray(new String[0]);
        values = sorted.values().toArray(new CedarValue[0]);
        int deepest = 0;
        for (CedarValue value : values) {
            deepest = Math.max(deepest, value.depth());
        }
        require(deepest < DEPTH_MAX, "values must not nest deeper than " + DEPTH_MAX);
        depth = deepest + 1;
        hash = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
        int slots = names.length > TABLE_MAX ? 0 : Integer.highestOneBit(names.length * 2 + 1) * 2;
        tableNames = new String[slots];
        tableValues = new CedarValue[slots];
        for (int at = 0; at < names.length && slots > 0; at++) {
            int slot = spread(names[at]) & (slots - 1);
            while (tableNames[slot] != null) {
                slot = (slot + 1) & (slots - 1);
            }
            tableNames[slot] = names[at];
            tableValues[slot] = values[at];
        }
    }

    private static int spread(String name) {
        int hash = name.hashCode();
        return hash ^ (hash >>> 15);
    }

    /// The record of `attributes`.
    ///
    /// @throws IllegalArgumentException when an attribute is `DEPTH_MAX` deep
    public static Rec of(Map<String, ? extends CedarValue> attributes) {
        return attributes.isEmpty() ? EMPTY : new Rec(new TreeMap<>(attributes));
    }

    /// The value of an attribute, or null when there is none.
    public @Nullable CedarValue get(String name) {
        int slots = tableNames.length;
        if (slots == 0) {
            int at = Arrays.binarySearch(names, name);
            return at < 0 ? null : values[at];
        }
        int slot = spread(name) & (slots - 1);
        for (String here = tableNames[slot]; here != null; here = tableNames[slot]) {
            if (here.equals(name)) {
                return tableValues[slot];
            }
            slot = (slot + 1) & (slots - 1);
        }
        return null;
    }

    /// This record with `name` set to `value`; this one stays as it is.
    public Rec with(String name, CedarValue value) {
        TreeMap<String, CedarValue> more = new TreeMap<>(attributes());
        more.put(name, value);
        return new Rec(more);
    }

    /// All attributes, sorted by name; a copy.
    public Map<String, CedarValue> attributes() {
        TreeMap<String, CedarValue> all = new TreeMap<>();
        for (int at = 0; at < names.length; at++) {
            all.put(names[at], values[at]);
        }
        return all;
    }

    /// How many attributes it has.
    public int size() {
        return names.length;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Rec that
                        && hash == that.hash
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "Rec";
    }
}

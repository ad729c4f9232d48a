// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import static dev.tollgate.terms.Require.require;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A record. All attributes count in equality, also those that no policy mentions.
public final class Rec implements CedarValue {
    /// Up to here attributes are hashed into a table; above, a binary search cannot be slowed by chosen names.
    private static final int TABLE_MAX = 32;

    /// The record without attributes.
    public static final Rec EMPTY = new Rec(new String[0], new CedarValue[0]);

    private final String[] names;
    private final CedarValue[] values;
    private final @Nullable String[] tableNames;
    private final @Nullable CedarValue[] tableValues;
    private final int depth;

    /// Computed when it is asked for; 0 until then. Two threads that compute it find the same.
    private int hash;

    private Rec(String[] names, CedarValue[] values) {
        this.names = names;
        this.values = values;
        int deepest = 0;
        for (CedarValue value : values) {
            deepest = Math.max(deepest, value.depth());
        }
        require(deepest < DEPTH_MAX, "values must not nest deeper than " + DEPTH_MAX);
        depth = deepest + 1;
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
        if (attributes.isEmpty()) {
            return EMPTY;
        }
        String[] names = attributes.keySet().toArray(new String[0]);
        Arrays.sort(names);
        CedarValue[] values = new CedarValue[names.length];
        for (int at = 0; at < names.length; at++) {
            values[at] = Objects.requireNonNull(attributes.get(names[at]));
        }
        return new Rec(names, values);
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
        int found = Arrays.binarySearch(names, name);
        if (found >= 0) {
            CedarValue[] changed = values.clone();
            changed[found] = value;
            return new Rec(names, changed);
        }
        int at = -found - 1;
        String[] moreNames = new String[names.length + 1];
        CedarValue[] moreValues = new CedarValue[names.length + 1];
        System.arraycopy(names, 0, moreNames, 0, at);
        System.arraycopy(values, 0, moreValues, 0, at);
        moreNames[at] = name;
        moreValues[at] = value;
        System.arraycopy(names, at, moreNames, at + 1, names.length - at);
        System.arraycopy(values, at, moreValues, at + 1, names.length - at);
        return new Rec(moreNames, moreValues);
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
                        && hashCode() == that.hashCode()
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "Rec";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import static dev.tollgate.terms.Require.require;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Named values in two arrays, sorted by name. Every call makes dozens of these and reads each a few times: a tree of
/// nodes costs several times the memory and the time. Looked up by halving, so that chosen names cannot slow it.
final class SortedFields extends AbstractMap<String, Value> {
    private final String[] names;
    private final Value[] values;

    private SortedFields(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
    }

    static Map<String, Value> of(Map<String, Value> fields) {
        if (fields instanceof SortedFields same) {
            return same;
        }
        String[] names = new String[fields.size()];
        Value[] values = new Value[names.length];
        int at = 0;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            names[at] = Objects.requireNonNull(field.getKey());
            values[at++] = Objects.requireNonNull(field.getValue());
        }
        require(at == names.length, "fields must not change while they are copied");
        boolean sorted = fields instanceof SortedMap<String, Value> tree && tree.comparator() == null;
        if (!sorted) {
            sort(names, values);
        }
        return new SortedFields(names, values);
    }

    /// By insertion while there are few, as there nearly always are.
    private static void sort(String[] names, Value[] values) {
        if (names.length > INSERTION_MAX) {
            Integer[] order = new Integer[names.length];
            Arrays.setAll(order, place -> place);
            Arrays.sort(order, (one, other) -> names[one].compareTo(names[other]));
            String[] unsorted = names.clone();
            Value[] unplaced = values.clone();
            for (int at = 0; at < order.length; at++) {
                names[at] = unsorted[order[at]];
                values[at] = unplaced[order[at]];
            }
            return;
        }
        for (int at = 1; at < names.length; at++) {
            String name = names[at];
            Value value = values[at];
            int to = at;
            while (to > 0 && names[to - 1].compareTo(name) > 0) {
                names[to] = names[to - 1];
                values[to] = values[to - 1];
                to--;
            }
            names[to] = name;
            values[to] = value;
        }
    }

    /// Above it the square of the number would count: names may be chosen by a stranger.
    private static final int INSERTION_MAX = 24;

    private int find(@Nullable Object name) {
        return name instanceof String text ? Arrays.binarySearch(names, text) : -1;
    }

    @Override
    public @Nullable Value get(@Nullable Object name) {
        int at = find(name);
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return find(name) >= 0;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        for (int at = 0; at < names.length; at++) {
            action.accept(names[at], values[at]);
        }
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.length;
            }

            @Override
            public Iterator<Map.Entry<String, Value>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < names.length;
                    }

                    @Override
                    public Map.Entry<String, Value> next() {
                        if (next >= names.length) {
                            throw new NoSuchElementException();
                        }
                        int at = next++;
                        return Map.entry(names[at], values[at]);
                    }
                };
            }
        };
    }
}

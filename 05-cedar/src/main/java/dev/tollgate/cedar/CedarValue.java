// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import static dev.tollgate.terms.Require.require;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value of the Cedar language (https://docs.cedarpolicy.com/policies/syntax-datatypes.html). Closed, immutable,
/// compared as `==` of Cedar compares. `toString` names the kind and never the content: values are customers' data.
public sealed interface CedarValue
        permits CedarValue.Bool,
                CedarValue.Int,
                CedarValue.Str,
                CedarValue.Entity,
                CedarValue.Set,
                Rec,
                CedarValue.Decimal,
                CedarValue.Ip,
                CedarValue.Datetime,
                CedarValue.Duration {
    /// How deep sets and records may nest. Far above any contract, far below what a 256 KB stack can walk.
    int DEPTH_MAX = 64;

    /// The longest chain of sets and records below this value: 0 for everything that is neither.
    default int depth() {
        return 0;
    }

    /// A boolean; only the two constants exist.
    enum Bool implements CedarValue {
        TRUE,
        FALSE;

        /// The constant for `value`.
        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        /// Whether this is `true`.
        public boolean isTrue() {
            return this == TRUE;
        }
    }

    /// A `Long`: 64 bits, signed.
    record Int(long value) implements CedarValue, Comparable<Int> {
        @Override
        public int compareTo(Int other) {
            return Long.compare(value, other.value);
        }

        @Override
        public String toString() {
            return "Int";
        }
    }

    /// A `String` of Unicode characters.
    record Str(String value) implements CedarValue, Comparable<Str> {
        @Override
        public int compareTo(Str other) {
            return value.compareTo(other.value);
        }

        @Override
        public String toString() {
            return "Str";
        }
    }

    /// A reference to an entity, which may or may not be in the store. Made by `EntityUid.value()`.
    record Entity(EntityUid uid) implements CedarValue, Comparable<Entity> {
        @Override
        public int compareTo(Entity other) {
            return uid.compareTo(other.uid);
        }

        @Override
        public String toString() {
            return "Entity";
        }
    }

    /// A `decimal`: `units` ten-thousandths.
    record Decimal(long units) implements CedarValue, Comparable<Decimal> {
        @Override
        public int compareTo(Decimal other) {
            return Long.compare(units, other.units);
        }

        @Override
        public String toString() {
            return "Decimal";
        }
    }

    /// A `datetime`: milliseconds since 1970-01-01T00:00:00Z.
    record Datetime(long epochMillis) implements CedarValue, Comparable<Datetime> {
        @Override
        public int compareTo(Datetime other) {
            return Long.compare(epochMillis, other.epochMillis);
        }

        @Override
        public String toString() {
            return "Datetime";
        }
    }

    /// A `duration` in milliseconds.
    record Duration(long millis) implements CedarValue, Comparable<Duration> {
        @Override
        public int compareTo(Duration other) {
            return Long.compare(millis, other.millis);
        }

        @Override
        public String toString() {
            return "Duration";
        }
    }

    /// An `ipaddr`: an address or a range. Host bits count in equality, so `10.0.0.1/8` is not `10.0.0.0/8`.
    ///
    /// @param v4     whether it is an IPv4 address; then the address is in the last 32 bits of `low`
    /// @param prefix network bits, 0 to 32 or 0 to 128
    record Ip(boolean v4, long high, long low, int prefix) implements CedarValue {
        @Override
        public String toString() {
            return "Ip";
        }
    }

    /// A set: order and duplicates do not matter.
    final class Set implements CedarValue {
        /// Up to here looking at each element is faster than hashing.
        private static final int SCAN_MAX = 8;

        /// The set without elements.
        public static final Set EMPTY = new Set(new CedarValue[0], null);

        private final CedarValue[] elements;
        private final java.util.@Nullable Set<CedarValue> hashed;
        private final int hash;
        private final int depth;

        private Set(CedarValue[] elements, java.util.@Nullable Set<CedarValue> hashed) {
            int sum = 0;
            int deepest = 0;
            for (CedarValue element : elements) {
                sum += element.hashCode();
                deepest = Math.max(deepest, element.depth());
            }
            require(deepest < DEPTH_MAX, "values must not nest deeper than " + DEPTH_MAX);
            this.elements = elements;
            this.hashed = hashed;
            this.hash = sum;
            this.depth = deepest + 1;
        }

        /// The set of `elements`.
        ///
        /// @throws IllegalArgumentException when an element is `DEPTH_MAX` deep
        public static Set of(Collection<? extends CedarValue> elements) {
            if (elements.isEmpty()) {
                return EMPTY;
            }
            LinkedHashSet<CedarValue> distinct = new LinkedHashSet<>(elements);
            CedarValue[] array = distinct.toArray(new CedarValue[0]);
            return new Set(array, array.length > SCAN_MAX ? distinct : null);
        }

        /// The set of `elements`.
        public static Set of(CedarValue... elements) {
            return of(List.of(elements));
        }

        /// Whether an element equals `value`.
        public boolean contains(CedarValue value) {
            if (hashed != null) {
                return hashed.contains(value);
            }
            for (CedarValue element : elements) {
                if (element.equals(value)) {
                    return true;
                }
            }
            return false;
        }

        /// The distinct elements, in the order given.
        public List<CedarValue> elements() {
            return List.of(elements);
        }

        /// How many distinct elements it has.
        public int size() {
            return elements.length;
        }

        CedarValue element(int at) {
            return elements[at];
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof Set that) || hash != that.hash || elements.length != that.elements.length) {
                return false;
            }
            for (CedarValue element : elements) {
                if (!that.contains(element)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return "Set";
        }
    }
}

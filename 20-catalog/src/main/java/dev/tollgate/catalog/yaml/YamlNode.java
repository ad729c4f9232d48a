// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A YAML file as a tree with places. Reading is tolerant: what is not of the wanted kind is absent, because the schema
/// has already complained about it.
public sealed interface YamlNode {
    /// Where it begins.
    Mark at();

    /// Named values, in the order of the file; every key once.
    record Mapping(Mark at, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /// The value of a key.
        public Optional<YamlNode> get(String key) {
            return entry(key).map(Entry::value);
        }

        /// The entry of a key.
        public Optional<Entry> entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }

        /// The text of a key.
        public Optional<String> text(String key) {
            return get(key).flatMap(YamlNode::asText);
        }

        /// The whole number of a key.
        public Optional<Long> integer(String key) {
            return get(key).flatMap(YamlNode::asInteger);
        }

        /// Whether a key is there and true.
        public Optional<Boolean> truth(String key) {
            return get(key).flatMap(YamlNode::asTruth);
        }

        /// The mapping of a key; an empty one in its place when there is none.
        public Mapping mapping(String key) {
            return get(key).flatMap(YamlNode::asMapping).orElseGet(() -> new Mapping(at, List.of()));
        }

        /// The items of a key that are texts; none when there is no list.
        public List<Scalar> texts(String key) {
            List<Scalar> texts = new ArrayList<>();
            if (get(key).orElse(null) instanceof Sequence sequence) {
                for (YamlNode item : sequence.items()) {
                    if (item instanceof Scalar scalar && scalar.isText()) {
                        texts.add(scalar);
                    }
                }
            }
            return List.copyOf(texts);
        }

        /// Where the value of a key is, or the mapping itself when the key is not there.
        public Mark at(String key) {
            return get(key).map(YamlNode::at).orElse(at);
        }
    }

    /// One named value.
    ///
    /// @param keyAt where the name is
    record Entry(String key, Mark keyAt, YamlNode value) {}

    /// Values in order.
    record Sequence(Mark at, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A text, number, truth value or nothing, after the JSON schema of YAML 1.2 (§10.2).
    ///
    /// @param plain written without quotes, so that it may be other than text
    record Scalar(Mark at, String text, boolean plain) implements YamlNode {
        private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
        private static final Pattern NUMBER =
                Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?");

        /// Whether it is nothing.
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }

        /// Whether it is true or false.
        public boolean isTruth() {
            return plain && (text.equals("true") || text.equals("false"));
        }

        /// Whether it is a whole number.
        public boolean isInteger() {
            return plain && INTEGER.matcher(text).matches();
        }

        /// Whether it is a number.
        public boolean isNumber() {
            return plain && NUMBER.matcher(text).matches();
        }

        /// Whether it is text.
        public boolean isText() {
            return !isNull() && !isTruth() && !isNumber();
        }
    }

    /// The mapping, when it is one.
    default Optional<Mapping> asMapping() {
        return this instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    /// The text, when it is one.
    default Optional<String> asText() {
        return this instanceof Scalar scalar && scalar.isText() ? Optional.of(scalar.text()) : Optional.empty();
    }

    /// The whole number, when it is one.
    default Optional<Long> asInteger() {
        return this instanceof Scalar scalar && scalar.isInteger()
                ? Optional.of(Long.parseLong(scalar.text()))
                : Optional.empty();
    }

    /// The truth value, when it is one.
    default Optional<Boolean> asTruth() {
        return this instanceof Scalar scalar && scalar.isTruth()
                ? Optional.of(scalar.text().equals("true"))
                : Optional.empty();
    }
}

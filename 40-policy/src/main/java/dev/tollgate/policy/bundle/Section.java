// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.catalog.yaml.Nearest;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.catalog.yaml.YamlReader;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One mapping of a YAML file, read key by key. Notes everything that is wrong instead of stopping at the first; what
/// nobody asked for by `done` is wrong too, because a misspelt key would be a rule that is not there.
final class Section {
    private static final YamlNode.Mapping NOTHING = new YamlNode.Mapping(Mark.start(""), List.of());

    private final ProblemLog log;
    private final Mark at;
    private final YamlNode.Mapping mapping;
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(ProblemLog log, YamlNode node) {
        this.log = log;
        this.at = node.at();
        this.mapping = node.asMapping().orElse(NOTHING);
        if (node.asMapping().isEmpty()) {
            log.add(at, "this must be a mapping");
        }
    }

    /// The mapping that a file holds, or nothing when it is no YAML.
    static Optional<Section> of(ProblemLog log, String file, byte[] bytes) {
        return YamlReader.read(file, bytes, log).map(root -> new Section(log, root));
    }

    /// Whether the key is there and not empty.
    boolean has(String key) {
        asked.add(key);
        return mapping.get(key).filter(value -> !isNull(value)).isPresent();
    }

    /// Whether the value of a key is one text, rather than a list or a mapping.
    boolean isText(String key) {
        return mapping.get(key).filter(YamlNode.Scalar.class::isInstance).isPresent();
    }

    Optional<String> text(String key) {
        return has(key) ? scalar(key, mapping.get(key).orElseThrow()) : Optional.empty();
    }

    /// A text that must be there.
    Optional<String> needed(String key) {
        require(key);
        return text(key);
    }

    /// A text that is one of some words.
    Optional<String> word(String key, Collection<String> words) {
        Optional<String> word = text(key);
        word.ifPresent(one -> known(mapping.at(key), one, words));
        return word.filter(words::contains);
    }

    /// A text made into something by `make`, which gives nothing, or throws, when it cannot.
    <T> Optional<T> made(String key, String expected, Function<String, Optional<T>> make) {
        Optional<String> text = text(key);
        Optional<T> made = text.flatMap(one -> attempt(one, make));
        if (text.isPresent() && made.isEmpty()) {
            log.add(mapping.at(key), "this must be " + expected);
        }
        return made;
    }

    Optional<Integer> whole(String key, int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return made(
                key,
                expected,
                text -> Optional.of(Integer.valueOf(text)).filter(number -> number >= min && number <= max));
    }

    /// Whether the key is there and true.
    boolean truth(String key) {
        return word(key, List.of("true", "false")).filter("true"::equals).isPresent();
    }

    /// A list of texts; none when the key is not there.
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(key)) {
            scalar(key, item).ifPresent(texts::add);
        }
        return texts;
    }

    /// A list of texts that are all among some words.
    List<String> words(String key, Collection<String> words) {
        List<String> all = new ArrayList<>();
        for (YamlNode item : items(key)) {
            Optional<String> word = scalar(key, item);
            word.ifPresent(one -> known(item.at(), one, words));
            word.filter(words::contains).ifPresent(all::add);
        }
        return all;
    }

    /// A list of mappings; none when the key is not there.
    List<Section> sections(String key) {
        return items(key).stream().map(item -> new Section(log, item)).toList();
    }

    /// The mapping below a key, when it is there.
    Optional<Section> section(String key) {
        return has(key) ? mapping.get(key).map(value -> new Section(log, value)) : Optional.empty();
    }

    /// The mapping below a key that must be there.
    Optional<Section> neededSection(String key) {
        require(key);
        return section(key);
    }

    /// Every key of this mapping, in the order of the file.
    List<String> keys() {
        return mapping.entries().stream().map(YamlNode.Entry::key).toList();
    }

    /// The texts below all keys of this mapping, whatever the keys are.
    Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            text(entry.key()).ifPresent(value -> pairs.put(entry.key(), value));
        }
        return pairs;
    }

    /// Notes every key that nobody asked for.
    void done() {
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!asked.contains(entry.key())) {
                String message = "the key " + Problem.quote(entry.key()) + " is not known here";
                log.add(entry.keyAt(), message, entry.key(), asked);
            }
        }
    }

    /// Notes something that is wrong with the whole.
    void problem(String message) {
        log.add(at, message);
    }

    /// Notes something that is wrong with the value of a key.
    void problem(String key, String message) {
        log.add(mapping.get(key).isPresent() ? mapping.at(key) : at, message);
    }

    /// Notes that a key must be there.
    void require(String key) {
        if (!has(key)) {
            log.add(at, "the key " + Problem.quote(key) + " is missing");
        }
    }

    /// Where the mapping begins.
    Mark at() {
        return at;
    }

    private void known(Mark where, String word, Collection<String> words) {
        if (!words.contains(word)) {
            log.add(new Problem(where, Problem.quote(word) + " is not known here", Nearest.of(word, words)));
        }
    }

    private Optional<String> scalar(String key, YamlNode value) {
        if (value instanceof YamlNode.Scalar scalar
                && !scalar.isNull()
                && !scalar.text().isBlank()) {
            return Optional.of(scalar.text());
        }
        log.add(value.at(), Problem.quote(key) + " must hold text");
        return Optional.empty();
    }

    private List<YamlNode> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        YamlNode value = mapping.get(key).orElseThrow();
        if (value instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        log.add(value.at(), "this must be a list");
        return List.of();
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }

    private static <T> Optional<T> attempt(String text, Function<String, Optional<T>> make) {
        try {
            return make.apply(text);
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }
}

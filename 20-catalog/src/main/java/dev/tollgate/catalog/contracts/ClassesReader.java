// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.terms.DataClass;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the data classes of a bundle. They are laid below or beside the base classes, which stay as they are.
final class ClassesReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final ProblemLog log;

    ClassesReader(ProblemLog log) {
        this.log = log;
    }

    DataClasses read(YamlNode.Mapping root) {
        int before = log.size();
        Map<String, DataClasses.Entry> all = new LinkedHashMap<>();
        DataClasses.BASE.entries().forEach(entry -> all.put(entry.name().name(), entry));
        Set<String> base = Set.copyOf(all.keySet());
        YamlNode.Mapping own = root.mapping("classes");
        own.entries().forEach(entry -> {
            if (base.contains(entry.key())) {
                log.add(entry.keyAt(), Problem.quote(entry.key()) + " is a base class and cannot be changed");
            } else if (NAME.matcher(entry.key()).matches()) {
                all.put(entry.key(), entry(entry));
            }
        });
        own.entries().forEach(entry -> parent(entry, all));
        return log.size() == before ? new DataClasses(all.values()) : withoutParents(all);
    }

    private static DataClasses.Entry entry(YamlNode.Entry entry) {
        YamlNode.Mapping body = body(entry);
        return new DataClasses.Entry(
                new DataClass(entry.key()),
                body.text("parent").filter(name -> NAME.matcher(name).matches()).map(DataClass::new),
                body.integer("tier").orElse(0L).intValue(),
                body.text("description").orElse(""));
    }

    private void parent(YamlNode.Entry entry, Map<String, DataClasses.Entry> all) {
        YamlNode.Mapping body = body(entry);
        Optional<String> parent = body.text("parent");
        if (parent.isEmpty() || !all.containsKey(entry.key())) {
            return;
        }
        DataClasses.Entry above = all.get(parent.get());
        if (above == null) {
            log.add(
                    body.at("parent"),
                    "there is no data class " + Problem.quote(parent.get()),
                    parent.get(),
                    all.keySet());
            return;
        }
        // A permit on the upper class reaches the lower one: a laxer class above a stricter one would be a way around.
        if (body.integer("tier").orElse(0L) < above.tier()) {
            log.add(body.at("tier"), "the tier is below that of the class above, which is " + above.tier());
        }
        Set<String> seen = new HashSet<>();
        Optional<DataClasses.Entry> next = Optional.ofNullable(all.get(entry.key()));
        while (next.isPresent()) {
            if (!seen.add(next.get().name().name()) || seen.size() > DataClasses.DEPTH_MAX) {
                log.add(body.at("parent"), "the classes above form a circle or are more than " + DataClasses.DEPTH_MAX);
                return;
            }
            next = next.get().parent().map(DataClass::name).map(all::get);
        }
    }

    /// The names stay known, so that contracts are not blamed for using them.
    private static DataClasses withoutParents(Map<String, DataClasses.Entry> all) {
        return new DataClasses(all.values().stream()
                .map(entry -> new DataClasses.Entry(entry.name(), Optional.empty(), entry.tier(), entry.description()))
                .toList());
    }

    private static YamlNode.Mapping body(YamlNode.Entry entry) {
        return entry.value()
                .asMapping()
                .orElseGet(() -> new YamlNode.Mapping(entry.value().at(), java.util.List.of()));
    }
}

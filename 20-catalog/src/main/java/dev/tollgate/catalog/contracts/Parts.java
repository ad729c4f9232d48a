// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import java.util.List;

/// Small steps that every reader of a contract takes.
final class Parts {
    private static final int NAME_CHARS_MAX = 64;

    private Parts() {}

    static YamlNode.Mapping body(YamlNode.Entry entry) {
        return entry.value()
                .asMapping()
                .orElseGet(() -> new YamlNode.Mapping(entry.value().at(), List.of()));
    }

    static List<String> keys(YamlNode.Mapping mapping) {
        return mapping.entries().stream().map(YamlNode.Entry::key).toList();
    }

    static String cut(String name) {
        return name.codePoints()
                .limit(NAME_CHARS_MAX)
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Texts that agents read as instructions about a tool must be what a reviewer sees: no control, format or
    /// private characters, which hide or reorder words (tool poisoning).
    static void visible(YamlNode.Mapping mapping, String key, ProblemLog log) {
        mapping.text(key).ifPresent(text -> {
            boolean hidden = text.codePoints().anyMatch(Parts::hidden);
            if (hidden) {
                log.add(mapping.at(key), "the text has control or invisible characters");
            }
        });
    }

    private static boolean hidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}

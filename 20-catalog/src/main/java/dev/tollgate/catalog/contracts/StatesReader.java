// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.States;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the states of a field. They are words of its picklist: a state that no record can be in is a slip.
final class StatesReader {
    private final ProblemLog log;

    StatesReader(ProblemLog log) {
        this.log = log;
    }

    Optional<States> read(YamlNode.Mapping field, List<String> picklist) {
        if (field.get("states").isEmpty()) {
            return Optional.empty();
        }
        if (picklist.isEmpty()) {
            log.add(field.at("states"), "only a field with a picklist has states");
        }
        YamlNode.Mapping states = field.mapping("states");
        return Optional.of(new States(
                states.texts("about").stream().map(YamlNode.Scalar::text).toList(),
                byState(states.mapping("says"), picklist, false),
                byState(states.mapping("next"), picklist, true)));
    }

    private Map<String, List<String>> byState(YamlNode.Mapping from, List<String> picklist, boolean states) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (YamlNode.Entry entry : from.entries()) {
            if (!picklist.contains(entry.key())) {
                log.add(entry.keyAt(), unknown(entry.key()), entry.key(), picklist);
            }
            List<YamlNode.Scalar> words = from.texts(entry.key());
            words.stream()
                    .filter(word -> states && !picklist.contains(word.text()))
                    .forEach(word -> log.add(word.at(), unknown(word.text()), word.text(), picklist));
            all.put(entry.key(), words.stream().map(YamlNode.Scalar::text).toList());
        }
        return all;
    }

    private static String unknown(String state) {
        return Problem.quote(state) + " is no word of the picklist";
    }
}

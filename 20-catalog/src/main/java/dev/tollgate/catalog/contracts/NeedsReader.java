// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a record must hold before a field of it gets a value. A refusal names a field that is empty, so a field
/// whose existence is hidden cannot be needed.
final class NeedsReader {
    private static final String KEY = "needs";

    private final ProblemLog log;

    NeedsReader(ProblemLog log) {
        this.log = log;
    }

    Map<String, List<String>> read(YamlNode.Mapping field, List<String> picklist) {
        Map<String, List<String>> needs = new HashMap<>();
        if (field.get(KEY).isEmpty()) {
            return needs;
        }
        if (picklist.isEmpty()) {
            log.add(field.at(KEY), "only a field with a picklist needs others");
        }
        YamlNode.Mapping values = field.mapping(KEY);
        for (YamlNode.Entry entry : values.entries()) {
            if (!picklist.isEmpty() && !picklist.contains(entry.key())) {
                log.add(
                        entry.keyAt(),
                        Problem.quote(entry.key()) + " is no word of the picklist",
                        entry.key(),
                        picklist);
            }
            needs.put(
                    entry.key(),
                    values.texts(entry.key()).stream()
                            .map(YamlNode.Scalar::text)
                            .toList());
        }
        return needs;
    }

    /// Whether what the fields of an object need is there.
    void check(YamlNode.Mapping fields, Map<String, FieldType> read) {
        for (YamlNode.Entry entry : fields.entries()) {
            YamlNode.Mapping needs = Parts.body(entry).mapping(KEY);
            for (YamlNode.Entry value : needs.entries()) {
                needs.texts(value.key())
                        .forEach(name -> check(entry.key(), name, Optional.ofNullable(read.get(name.text())), read));
            }
        }
    }

    private void check(String field, YamlNode.Scalar name, Optional<FieldType> needed, Map<String, FieldType> read) {
        if (needed.isEmpty()) {
            log.add(
                    name.at(),
                    "there is no field " + Problem.quote(name.text()),
                    name.text(),
                    read.keySet().stream().sorted().toList());
        } else if (name.text().equals(field)) {
            log.add(name.at(), "a field does not need itself");
        } else if (needed.get().conceal()) {
            log.add(
                    name.at(),
                    "a refusal would tell that the concealed field " + Problem.quote(name.text()) + " exists");
        }
    }
}

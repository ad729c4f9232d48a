// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.Verification;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads what a tool of kind `verify` finds out.
record VerificationReader(ToolType.Kind kind, ObjectType object, ProblemLog log) {
    /// Tries of one record a day when the contract does not say: a slip, and one more.
    private static final int ATTEMPTS = 3;

    Optional<Verification> read(YamlNode.Mapping tool, YamlNode.Entry entry) {
        boolean verifies = kind == ToolType.Kind.VERIFY;
        if (verifies != tool.get("verifies").isPresent()) {
            log.add(
                    entry.keyAt(),
                    verifies
                            ? "a tool of kind `verify` says what it `verifies`"
                            : "only a tool of kind `verify` `verifies`");
        }
        if (!verifies || tool.get("verifies").isEmpty()) {
            return Optional.empty();
        }
        YamlNode.Mapping what = tool.mapping("verifies");
        List<String> compares = fields(what, "compares");
        List<String> required = fields(what, "required");
        required.stream()
                .filter(name -> !compares.contains(name))
                .forEach(name -> log.add(what.at("required"), Problem.quote(name) + " is required but not compared"));
        Map<String, List<String>> expects = new TreeMap<>();
        for (YamlNode.Entry one : what.mapping("expects").entries()) {
            known(one.key(), one.keyAt());
            expects.put(
                    one.key(),
                    what.mapping("expects").texts(one.key()).stream()
                            .map(YamlNode.Scalar::text)
                            .toList());
        }
        if (compares.isEmpty() && expects.isEmpty()) {
            log.add(tool.at("verifies"), "a verification `compares` or `expects` something");
            return Optional.empty();
        }
        // Whoever need claim nothing has proven nothing.
        if (!compares.isEmpty() && required.isEmpty()) {
            log.add(what.at("compares"), "say in `required` which claims must be there");
        }
        return Optional.of(new Verification(
                compares,
                required,
                expects,
                what.text("grants").orElse(""),
                what.text("method").orElse(""),
                what.text("level").orElse(""),
                what.integer("attempts").map(Long::intValue).orElse(ATTEMPTS)));
    }

    private List<String> fields(YamlNode.Mapping what, String key) {
        List<String> names = new ArrayList<>();
        for (YamlNode.Scalar item : what.texts(key)) {
            known(item.text(), item.at());
            names.add(item.text());
        }
        return names;
    }

    private void known(String name, dev.tollgate.catalog.yaml.Mark at) {
        Optional<FieldType> field = object.field(name);
        if (field.isEmpty()) {
            log.add(
                    at,
                    "the object `" + object.name() + "` has no field " + Problem.quote(name),
                    name,
                    object.fields().stream().map(FieldType::name).toList());
        } else if (field.get().type() == ValueType.LIST) {
            log.add(at, "a list is compared with nothing");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static dev.tollgate.catalog.ToolSchemas.STRING;
import static dev.tollgate.catalog.ToolSchemas.array;
import static dev.tollgate.catalog.ToolSchemas.described;
import static dev.tollgate.catalog.ToolSchemas.object;
import static dev.tollgate.catalog.ToolSchemas.type;
import static dev.tollgate.catalog.ToolSchemas.with;

import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The parts of a tool's schemas that are about a task: what is claimed in it, and what was needed.
final class TaskSchemas {
    private TaskSchemas() {}

    /// What is claimed of a record: told by whoever is to be verified, and not read anywhere.
    static Value.Fields claims(ToolType tool, List<FieldType> fields) {
        Map<String, Value> claims = new TreeMap<>();
        tool.verification()
                .ifPresent(what -> fields.stream()
                        .filter(field -> what.compares().contains(field.name()))
                        .forEach(field -> claims.put(field.name(), ToolSchemas.taken(field))));
        if (claims.isEmpty()) {
            return object(Map.of("id", ToolSchemas.id()), List.of("id"));
        }
        List<String> required = tool.verification().map(Verification::required).orElse(List.of()).stream()
                .filter(claims::containsKey)
                .toList();
        return object(Map.of("id", ToolSchemas.id(), "claims", object(claims, required)), List.of("id", "claims"));
    }

    /// What was declared, and what of it came back (requirement S0-20).
    static Value.Fields need() {
        Map<String, Value> parts = Map.of(
                "purpose", STRING,
                "stated", type("boolean"),
                "declared", array(STRING),
                "returned", array(STRING),
                "missing", with(type("object"), "additionalProperties", STRING));
        return described(
                object(parts, List.of("purpose", "stated", "declared", "returned", "missing")),
                "what was asked for and what of it came back; `missing` says why the rest did not");
    }
}

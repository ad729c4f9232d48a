// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One tool as `tools/list` shows it.
///
/// @param input      JSON Schema 2020-12 of the arguments
/// @param output     JSON Schema 2020-12 of the structured content
/// @param readOnly   changes nothing
/// @param idempotent calling it twice does no more than once
public record Tool(
        String name,
        String title,
        String description,
        Value.Fields input,
        Optional<Value.Fields> output,
        boolean readOnly,
        boolean idempotent) {
    Value.Fields wire() {
        Map<String, Value> hints = Map.of(
                "title", Value.of(title),
                "readOnlyHint", Value.of(readOnly),
                // Nothing a tool of this gateway changes is lost: the journal of later rooms holds what was before.
                "destructiveHint", Value.of(false),
                "idempotentHint", Value.of(idempotent),
                "openWorldHint", Value.of(false));
        Map<String, Value> tool = new TreeMap<>();
        tool.put("name", Value.of(name));
        tool.put("title", Value.of(title));
        tool.put("description", Value.of(description));
        tool.put("inputSchema", input);
        output.ifPresent(schema -> tool.put("outputSchema", schema));
        tool.put("annotations", new Value.Fields(hints));
        return new Value.Fields(tool);
    }
}

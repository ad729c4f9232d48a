// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mcp;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// Calls tools of an MCP server. The object of a contract names one tool and pins it, `send_email@sha256:…`; its
/// columns are arguments by name (or by path, `/fields/discount`), `#text` for the texts of the result and
/// any other name for a member of its structured content.
public final class McpDoor implements Door {
    /// The column that holds the texts of a result.
    public static final String TEXT = "#text";

    private static final String PATH = "/";

    private final McpConfig config;
    private final McpWire wire;
    private final Pins pins;
    private final AtomicLong calls = new AtomicLong();

    /// A door to that server. Nothing is sent before the first call.
    public McpDoor(McpConfig config, InstantSource clock) {
        this.config = config;
        this.wire = new McpWire(config);
        this.pins = new Pins(wire, clock);
    }

    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        if (!(ask instanceof Ask.Send send) || send.bond().isPresent()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        Deadline deadline = Deadline.in(limits.timeMax());
        String tool = pins.check(
                send.object(), new McpWire.Exchange(credential, deadline, limits.bytesMax(), Optional.empty()));
        JsonNode result = wire.call(
                tool,
                arguments(send.settings()),
                new McpWire.Exchange(credential, deadline, limits.bytesMax(), Optional.of(Why.UNKNOWN_OUTCOME)));
        if (result.path("isError").asBoolean(false)) {
            // The tool ran, and says that something went wrong: how far it came, nobody knows.
            throw new UpstreamBroken(Why.UNKNOWN_OUTCOME);
        }
        String id = "mcp-" + calls.incrementAndGet();
        return Found.records(List.of(new Found.Raw(id, values(result, send.columns()), Optional.empty())));
    }

    /// Arguments in the shape that the tool wants: a path makes an object within.
    private static Value.Fields arguments(List<Ask.Setting> settings) {
        Map<String, Value> arguments = new TreeMap<>();
        for (Ask.Setting setting : settings) {
            String name = setting.column().upstream();
            List<String> path =
                    name.startsWith(PATH) ? List.of(name.substring(1).split(PATH, -1)) : List.of(name);
            put(arguments, path, setting.value());
        }
        return new Value.Fields(arguments);
    }

    private static void put(Map<String, Value> into, List<String> path, Value value) {
        String name = path.getFirst();
        if (path.size() == 1) {
            into.put(name, value);
            return;
        }
        Map<String, Value> inner = into.get(name) instanceof Value.Fields(Map<String, Value> fields)
                ? new TreeMap<>(fields)
                : new TreeMap<>();
        put(inner, path.subList(1, path.size()), value);
        into.put(name, new Value.Fields(inner));
    }

    private static Map<String, Value> values(JsonNode result, List<Ask.Column> columns) {
        Map<String, Value> values = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (JsonNode block : result.path("content")) {
            boolean words = "text".equals(block.path("type").asString(""))
                    && block.path("text").isString();
            if (words) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(block.path("text").stringValue());
            }
        }
        JsonNode structured = result.path("structuredContent");
        structured.propertyStream().forEach(member -> values.put(member.getKey(), Json.value(member.getValue())));
        for (Ask.Column column : columns) {
            values.putIfAbsent(column.upstream(), Value.NULL);
        }
        values.put(TEXT, Value.of(text.toString()));
        return values;
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        wire.ask(
                "tools/list",
                Map.of(),
                new McpWire.Exchange(credential, Deadline.in(limits.timeMax()), limits.bytesMax(), Optional.empty()));
    }

    @Override
    public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        List<Metadata.Kind> kinds = new ArrayList<>();
        McpWire.Exchange exchange =
                new McpWire.Exchange(credential, Deadline.in(limits.timeMax()), limits.bytesMax(), Optional.empty());
        for (JsonNode tool : pins.list(exchange)) {
            List<Metadata.Column> columns = new ArrayList<>();
            tool.path("inputSchema")
                    .path("properties")
                    .propertyStream()
                    .limit(Metadata.FIELDS_MAX)
                    .forEach(member -> columns.add(argument(member.getKey(), member.getValue())));
            columns.add(column(TEXT, tool.path("description").asString(""), ValueType.TEXT, List.of(), true));
            kinds.add(new Metadata.Kind(Pins.pinned(tool), "#id", columns));
        }
        return new Metadata(system, "mcp", kinds);
    }

    private static Metadata.Column argument(String name, JsonNode schema) {
        List<String> picks = new ArrayList<>();
        schema.path("enum").forEach(word -> picks.add(word.asString("")));
        ValueType type = switch (schema.path("type").asString("")) {
            case "number", "integer" -> ValueType.DECIMAL;
            case "boolean" -> ValueType.BOOLEAN;
            case "array" -> ValueType.LIST;
            default -> ValueType.TEXT;
        };
        return column(name, schema.path("description").asString(""), type, picks, false);
    }

    private static Metadata.Column column(
            String name, String label, ValueType type, List<String> picks, boolean readOnly) {
        return new Metadata.Column(name, label, type, picks, Optional.empty(), readOnly);
    }

    @Override
    public boolean needsCredential() {
        return config.credential();
    }

    @Override
    public void close() {
        wire.close();
    }
}

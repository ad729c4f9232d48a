// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mcp;

import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What the server says that its tools are, by the digest of each definition: name, words, schemas and hints, every
/// byte that an agent could be told. Looked up anew when it is a minute old.
final class Pins {
    /// What stands between the name of a tool and the digest of its definition, in the `upstream` of a contract.
    static final String AT = "@";

    /// A definition that was changed is noticed within this time.
    static final Duration LIFE = Duration.ofMinutes(1);

    /// Pages of one list; a server that goes on is broken.
    private static final int PAGES_MAX = 50;

    /// Tools of one server: agents are lost among fewer.
    private static final int TOOLS_MAX = 1_000;

    private final McpWire wire;
    private final InstantSource clock;
    private Map<String, Digest> known = Map.of();
    private Instant until = Instant.MIN;

    Pins(McpWire wire, InstantSource clock) {
        this.wire = wire;
        this.clock = clock;
    }

    /// The name of a tool and what its definition must be.
    private record Pinned(String tool, Digest digest) {
        static Pinned of(String upstream) {
            int at = upstream.lastIndexOf(AT);
            try {
                return new Pinned(upstream.substring(0, Math.max(at, 0)), new Digest(upstream.substring(at + 1)));
            } catch (IllegalArgumentException _) {
                throw new UpstreamBroken(Why.QUARANTINED);
            }
        }
    }

    /// The tool that a contract names, if it is still the one that was approved.
    ///
    /// @throws UpstreamBroken `quarantined` when it is another one, or none
    String check(String upstream, McpWire.Exchange exchange) {
        Pinned pinned = Pinned.of(upstream);
        if (!pinned.digest().equals(current(exchange).get(pinned.tool()))) {
            throw new UpstreamBroken(Why.QUARANTINED);
        }
        return pinned.tool();
    }

    /// The tool with the digest of its definition, as a contract names it.
    static String pinned(JsonNode tool) {
        return name(tool) + AT + digest(tool);
    }

    private synchronized Map<String, Digest> current(McpWire.Exchange exchange) {
        if (!clock.instant().isBefore(until)) {
            Map<String, Digest> read = new HashMap<>();
            for (JsonNode tool : list(exchange)) {
                // Two tools of one name are none: nobody could say which one was approved.
                String name = name(tool);
                read.put(name, read.containsKey(name) ? Digest.of(Value.NULL) : digest(tool));
            }
            known = read;
            until = clock.instant().plus(LIFE);
        }
        return known;
    }

    /// The definitions, as the server gives them.
    List<JsonNode> list(McpWire.Exchange exchange) {
        List<JsonNode> tools = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            Map<String, Value> params = cursor.isEmpty() ? Map.of() : Map.of("cursor", Value.of(cursor));
            JsonNode result = wire.ask("tools/list", params, exchange);
            result.path("tools").forEach(tools::add);
            cursor = result.path("nextCursor").asString("");
            if (tools.size() > TOOLS_MAX) {
                throw new UpstreamBroken(Why.TOO_LARGE);
            }
            if (cursor.isEmpty()) {
                return tools;
            }
        }
        throw new UpstreamBroken(Why.TOO_LARGE);
    }

    static String name(JsonNode tool) {
        JsonNode name = tool.path("name");
        if (!name.isString() || name.stringValue().isBlank()) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        return name.stringValue();
    }

    /// The digest of a definition: of all of it but `_meta`, which a server may change with each answer.
    static Digest digest(JsonNode tool) {
        Map<String, Value> definition = new TreeMap<>();
        tool.propertyStream()
                .filter(member -> !member.getKey().equals("_meta"))
                .forEach(member -> definition.put(member.getKey(), Json.value(member.getValue())));
        return Digest.of(new Value.Fields(definition));
    }
}

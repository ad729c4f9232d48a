// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.scenarios;

import dev.tollgate.inspection.request.ToolEffect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The contracts of all tools that some cases call, drafted as an operator would: what a tool does by its name, its
/// arguments as they are met. What a tool tells comes in one of four fields, by who can have written it and whether it
/// may leave.
final class ToolBook {
    /// Objects of one contract; more tools get another system.
    private static final int OBJECTS_MAX = 150;

    /// Arguments of one tool; further ones are not sent.
    private static final int ARGUMENTS_MAX = 60;

    /// What a gateway takes as one text, and as one item of a list; longer ones are cut.
    private static final int TEXT_CHARS_MAX = 4_000;

    private static final int ITEM_CHARS_MAX = 500;
    private static final int ITEMS_MAX = 100;
    private static final int NUMBER_CHARS_MAX = 38;
    private static final JsonMapper JSON = new JsonMapper();

    private final SequencedMap<String, Tool> tools = new LinkedHashMap<>();

    /// What an argument holds.
    private enum Type {
        TEXT,
        DECIMAL,
        BOOLEAN,
        LIST;

        static Type of(JsonNode value) {
            if (value.isBoolean()) {
                return BOOLEAN;
            }
            if (value.isNumber() && value.decimalValue().toPlainString().length() <= NUMBER_CHARS_MAX) {
                return DECIMAL;
            }
            boolean list = value.isArray()
                    && !value.isEmpty()
                    && value.size() <= ITEMS_MAX
                    && value.valueStream()
                            .allMatch(item -> item.isString()
                                    && !plain(item.stringValue()).isBlank());
            return list ? LIST : TEXT;
        }
    }

    /// A field of a contract.
    private record Argument(String field, Type type) {}

    private static final class Tool {
        private final int number;
        private final String name;
        private final SequencedMap<String, Argument> arguments = new LinkedHashMap<>();

        Tool(int number, String name) {
            this.number = number;
            this.name = name;
        }

        void meet(String path, JsonNode value) {
            Argument known = arguments.get(path);
            Type type = Type.of(value);
            if (known == null && arguments.size() < ARGUMENTS_MAX) {
                arguments.put(path, new Argument("a" + arguments.size(), type));
            } else if (known != null && known.type() != type) {
                arguments.put(path, new Argument(known.field(), Type.TEXT));
            }
        }
    }

    private ToolBook() {}

    /// The book of all tools of some cases.
    static ToolBook of(List<Case> cases) {
        ToolBook book = new ToolBook();
        for (Case one : cases) {
            one.steps().forEach(book::meet);
            book.meet(one.checked());
        }
        return book;
    }

    private void meet(Case.Call call) {
        Tool tool = tools.computeIfAbsent(call.tool(), name -> new Tool(tools.size(), name));
        leaves("", call.arguments()).forEach(tool::meet);
    }

    /// The values of an object with the path to each: `/fields/discount`.
    private static SequencedMap<String, JsonNode> leaves(String path, JsonNode node) {
        SequencedMap<String, JsonNode> leaves = new LinkedHashMap<>();
        node.propertyStream().forEach(member -> {
            String place = path + "/" + member.getKey();
            if (member.getValue().isObject()) {
                leaves.putAll(leaves(place, member.getValue()));
            } else if (!member.getValue().isNull()) {
                leaves.put(place, member.getValue());
            }
        });
        return leaves;
    }

    /// The name of a call's tool in its contract.
    String name(Case.Call call) {
        return "t" + tool(call).number;
    }

    private Tool tool(Case.Call call) {
        Tool tool = tools.get(call.tool());
        if (tool == null) {
            throw new IllegalArgumentException("the book has no such tool");
        }
        return tool;
    }

    /// The arguments of a call as its contract takes them.
    String arguments(Case.Call call) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        Tool tool = tool(call);
        leaves("", call.arguments()).forEach((path, value) -> {
            Argument argument = tool.arguments.get(path);
            boolean said = !value.isString() || !plain(value.stringValue()).isBlank();
            if (argument != null && said) {
                values.set(argument.field(), typed(argument.type(), value));
            }
        });
        return JsonNodeFactory.instance.objectNode().set("values", values).toString();
    }

    private static JsonNode typed(Type type, JsonNode value) {
        return switch (type) {
            case TEXT -> JsonNodeFactory.instance.stringNode(cut(text(value), TEXT_CHARS_MAX));
            case LIST -> {
                var items = JsonNodeFactory.instance.arrayNode();
                value.forEach(item -> items.add(cut(plain(item.stringValue()), ITEM_CHARS_MAX)));
                yield items;
            }
            case DECIMAL, BOOLEAN -> value;
        };
    }

    private static String text(JsonNode value) {
        return value.isString() ? plain(value.stringValue()) : value.toString();
    }

    /// Without what no gateway takes as text: control characters other than the end of a line.
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .filter(c -> c == '\n' || !Character.isISOControl(c))
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static String cut(String text, int charsMax) {
        return text.length() <= charsMax ? text : text.substring(0, charsMax);
    }

    /// The field in which a call's answer is told.
    static String column(Case.Call call) {
        boolean free = call.sensitivity().equals("none") || call.sensitivity().equals("public");
        return (call.trusted() ? "trusted" : "strangers") + (free ? "_free" : "_kept");
    }

    /// The contracts, by the name of the file.
    Map<String, String> contracts() {
        Map<String, String> contracts = new LinkedHashMap<>();
        List<Tool> all = new ArrayList<>(tools.values());
        for (int from = 0; from < all.size(); from += OBJECTS_MAX) {
            String system = "upstream" + from / OBJECTS_MAX;
            contracts.put(
                    system + ".yaml", contract(system, all.subList(from, Math.min(all.size(), from + OBJECTS_MAX))));
        }
        return contracts;
    }

    private static String contract(String system, List<Tool> tools) {
        StringBuilder yaml = new StringBuilder(1 << 16);
        yaml.append("contract: 1\nsystem: ").append(system).append("\nconnector: scripted\nscopes: upstream\n");
        yaml.append("limits: {rows: 1, bytes: 1048576, timeout: 10s, calls_per_minute: 1000000}\nobjects:\n");
        for (Tool tool : tools) {
            yaml.append("  t").append(tool.number).append(":\n");
            yaml.append("    upstream: ").append(quoted(tool.name)).append('\n');
            yaml.append("    description: A tool of another server.\n    id: id\n    owner: Operations\n    fields:\n");
            yaml.append("      id: {type: reference, class: record-identifier, write: system, description: Id.}\n");
            tool.arguments.forEach((path, argument) -> yaml.append("      ")
                    .append(argument.field())
                    .append(": {upstream: ")
                    .append(quoted(path))
                    .append(", type: ")
                    .append(argument.type().name().toLowerCase(java.util.Locale.ROOT))
                    .append(", class: draft, write: draft, filter: false, description: An argument.}\n"));
            told(yaml, "trusted_free", "operational", "system");
            told(yaml, "trusted_kept", "direct-identifier", "system");
            told(yaml, "strangers_free", "operational", "third-party");
            told(yaml, "strangers_kept", "direct-identifier", "third-party");
        }
        yaml.append("tools:\n");
        tools.forEach(tool -> tool(yaml, tool));
        return yaml.toString();
    }

    private static void told(StringBuilder yaml, String name, String dataClass, String origin) {
        yaml.append("      ").append(name).append(": {type: list, class: ").append(dataClass);
        yaml.append(", origin: ").append(origin);
        yaml.append(", write: system, filter: false, description: What it told.}\n");
    }

    private static void tool(StringBuilder yaml, Tool tool) {
        List<String> fields =
                tool.arguments.values().stream().map(Argument::field).toList();
        List<String> lines = tool.arguments.values().stream()
                .filter(argument -> argument.type() == Type.TEXT || argument.type() == Type.LIST)
                .map(Argument::field)
                .toList();
        yaml.append("  t").append(tool.number).append(":\n    object: t").append(tool.number);
        yaml.append("\n    kind: send\n    scopes: ['upstream:t")
                .append(tool.number)
                .append(":send']\n    title: A tool\n    description: A tool.\n");
        yaml.append("    fields: [id, trusted_free, trusted_kept, strangers_free, strangers_kept]\n");
        yaml.append("    accepts: [").append(String.join(", ", fields)).append("]\n    required: []\n");
        yaml.append("    reversibility: irreversible\n    sends: {destination: upstream, effect: ")
                .append(ToolEffect.of(tool.name).word());
        if (!lines.isEmpty()) {
            yaml.append(", lines: [").append(String.join(", ", lines)).append(']');
        }
        yaml.append("}\n");
    }

    /// A JSON string is a YAML string.
    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.Effect;
import dev.tollgate.catalog.Metadata;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Drafts a contract for the tools of another server. Each is pinned to the digest of its definition as
/// it is now, what it does is guessed from its name, and what it tells is a stranger's text. Every
/// field is marked `review: true`, which the loader refuses. What the server says of its tools goes
/// into comments and nowhere else.
public final class ToolDrafts {
    private static final int LABEL_CHARS_MAX = 60;
    private static final int TITLE_CHARS_MAX = 60;
    private static final String ID = "#id";
    private static final String TEXT = "#text";

    private final Metadata metadata;
    private final Function<String, Effect> effects;
    private final Predicate<String> orders;
    private final StringBuilder out = new StringBuilder(16_384);

    private ToolDrafts(Metadata metadata, Function<String, Effect> effects, Predicate<String> orders) {
        this.metadata = metadata;
        this.effects = effects;
        this.orders = orders;
    }

    /// The draft, as YAML.
    ///
    /// @param effects what a tool of that name does
    /// @param orders  whether a description gives orders to a model
    public static String draft(Metadata metadata, Function<String, Effect> effects, Predicate<String> orders) {
        return new ToolDrafts(metadata, effects, orders).write();
    }

    private String write() {
        String system = metadata.system().value();
        line("# A draft made from what the server says of its tools. Look at each: set its class,");
        line("# its effect and who may use it, then remove its `review`: with one it is not loaded.");
        line("# Each tool is pinned to its definition: a changed one is not called before it is approved anew.");
        line("contract: 1");
        line("system: " + quoted(system));
        line("connector: " + quoted(metadata.connector()));
        line("scopes: " + quoted(system));
        line("objects:");
        List<String> tools = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        metadata.objects().stream().limit(Metadata.OBJECTS_MAX).forEach(kind -> object(kind, taken, tools));
        line(tools.isEmpty() ? "tools: {}" : "tools:");
        tools.forEach(this::line);
        return out.toString();
    }

    private void object(Metadata.Kind kind, Set<String> taken, List<String> tools) {
        String tool = kind.upstream().substring(0, Math.max(0, kind.upstream().lastIndexOf('@')));
        String object = ContractDrafts.unique(ContractDrafts.name(tool), taken);
        line("  " + object + ":");
        kind.fields().stream()
                .filter(column -> orders.test(column.label()))
                .findFirst()
                .ifPresent(_ -> line(
                        "    # WARNING: it gives orders to a model. Read the whole definition before you approve it."));
        line("    upstream: " + quoted(kind.upstream()));
        line("    id: id");
        line("    owner: to be named");
        line("    fields:");
        line("      id: {upstream: " + quoted(ID)
                + ", type: reference, class: record-identifier, write: system, review: true}");
        Map<String, String> arguments = new LinkedHashMap<>();
        Set<String> fields = new HashSet<>(Set.of("id", "text"));
        for (Metadata.Column column : kind.fields()) {
            boolean told = column.upstream().equals(TEXT);
            String name = told ? "text" : ContractDrafts.unique(ContractDrafts.name(column.upstream()), fields);
            ClassGuess guess = ClassGuess.of(name, column.type());
            line("      " + name + ":" + ContractDrafts.comment(column.label(), LABEL_CHARS_MAX));
            line("        {upstream: " + quoted(column.upstream()) + ", type: "
                    + column.type().word() + ", class: " + (told ? "communication-body" : guess.dataClass())
                    + (told ? ", origin: third-party, write: system" : ", write: draft") + ", review: true}");
            if (!told) {
                arguments.put(name, column.upstream());
            }
        }
        tool(tool, object, List.copyOf(arguments.keySet()), tools);
    }

    private void tool(String upstream, String object, List<String> arguments, List<String> tools) {
        String system = metadata.system().value();
        String shown = upstream.length() > TITLE_CHARS_MAX ? upstream.substring(0, TITLE_CHARS_MAX) : upstream;
        tools.add("  " + object + ":");
        tools.add("    object: " + object);
        tools.add("    kind: send");
        tools.add("    scopes: [" + quoted(system + ":" + object + ":send") + "]");
        tools.add("    title: " + quoted("Call " + object));
        tools.add("    description: " + quoted("Calls the tool " + ContractDrafts.name(shown) + " of " + system + "."));
        tools.add("    fields: [id, text]");
        tools.add("    accepts: [" + String.join(", ", arguments) + "]");
        tools.add("    required: []");
        tools.add("    reversibility: irreversible");
        tools.add("    sends: {destination: " + quoted(system) + ", effect: "
                + effects.apply(upstream).word() + "}");
    }

    private static String quoted(String text) {
        return CanonicalJson.text(Value.of(text));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}

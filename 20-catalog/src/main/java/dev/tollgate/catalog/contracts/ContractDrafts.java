// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Drafts a contract from what a system says of itself. Classes are suggested by name and type, never
/// below what the name hints at, and what hints at nothing is `unclassified`. Every field is marked
/// `review: true`, which the loader refuses: no draft gets into force before a person has looked at
/// each field.
///
/// Labels of the system go into comments for the reviewer and nowhere else: a label is text that
/// somebody else wrote, and a tool's description is read by agents.
public final class ContractDrafts {
    /// Names that YAML would not take for text.
    private static final Set<String> NOT_TEXT = Set.of("true", "false", "null");

    private static final int NAME_CHARS_MAX = 60;
    private static final int LABEL_CHARS_MAX = 60;
    private static final int PICKS_MAX = 100;
    private static final int PICK_CHARS_MAX = 200;
    private static final int DEFAULT_FIELDS_MAX = 8;
    private static final int TIER_OPEN_MAX = 1;

    private final Metadata metadata;
    private final StringBuilder out = new StringBuilder(16_384);
    private final Map<String, String> objectNames = new LinkedHashMap<>();

    private ContractDrafts(Metadata metadata) {
        this.metadata = metadata;
    }

    /// The draft, as YAML.
    public static String draft(Metadata metadata) {
        return new ContractDrafts(metadata).write();
    }

    private String write() {
        List<Metadata.Kind> kinds =
                metadata.objects().stream().limit(Metadata.OBJECTS_MAX).toList();
        nameObjects(kinds);
        line("# A draft made from the system's own metadata. Look at every field: set its class, tier, mask,");
        line("# owner and write class, then remove its `review`. A contract with a field to review is not loaded.");
        line("contract: 1");
        line("system: " + quoted(metadata.system().value()));
        line("connector: " + quoted(metadata.connector()));
        line("scopes: crm");
        line("objects:");
        List<String> tools = new ArrayList<>();
        kinds.forEach(kind -> object(kind, tools));
        line(tools.isEmpty() ? "tools: {}" : "tools:");
        tools.forEach(this::line);
        return out.toString();
    }

    private void nameObjects(List<Metadata.Kind> kinds) {
        Map<String, Integer> lasts = new HashMap<>();
        kinds.forEach(kind -> lasts.merge(last(kind.upstream()), 1, Integer::sum));
        Set<String> taken = new HashSet<>();
        for (Metadata.Kind kind : kinds) {
            String last = last(kind.upstream());
            String base = lasts.getOrDefault(last, 0) == 1 ? last : kind.upstream();
            objectNames.put(kind.upstream(), unique(name(base), taken));
        }
    }

    private static String last(String upstream) {
        return upstream.substring(upstream.lastIndexOf('.') + 1);
    }

    private void object(Metadata.Kind kind, List<String> tools) {
        List<Metadata.Column> columns =
                kind.fields().stream().limit(Metadata.FIELDS_MAX).toList();
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        // The id goes first, so that another column cannot take its name.
        names.put(kind.id(), unique(name(kind.id()), taken));
        columns.forEach(column -> names.computeIfAbsent(column.upstream(), raw -> unique(name(raw), taken)));
        String object = objectNames.getOrDefault(kind.upstream(), name(kind.upstream()));
        line("  " + object + ":");
        line("    upstream: " + quoted(kind.upstream()));
        line("    id: " + names.get(kind.id()));
        line("    owner: to be named");
        facts(columns, names);
        line("    fields:");
        List<String> open = new ArrayList<>();
        id(kind, columns, names);
        for (Metadata.Column column : columns) {
            if (!column.upstream().equals(kind.id())) {
                ClassGuess guess = field(column, names.getOrDefault(column.upstream(), ""));
                if (guess.tier() <= TIER_OPEN_MAX && open.size() < DEFAULT_FIELDS_MAX) {
                    open.add(names.get(column.upstream()));
                }
            }
        }
        relations(kind, columns, names);
        open.addFirst(names.getOrDefault(kind.id(), ""));
        tools(object, open, tools);
    }

    private void id(Metadata.Kind kind, List<Metadata.Column> columns, Map<String, String> names) {
        String label = columns.stream()
                .filter(column -> column.upstream().equals(kind.id()))
                .map(Metadata.Column::label)
                .findFirst()
                .orElse("");
        line("      " + names.get(kind.id()) + ":" + comment(label));
        line("        {upstream: " + quoted(kind.id())
                + ", type: reference, class: record-identifier, write: system, review: true}");
    }

    private ClassGuess field(Metadata.Column column, String name) {
        ClassGuess guess = ClassGuess.of(name, column.type());
        List<String> parts = new ArrayList<>();
        parts.add("upstream: " + quoted(column.upstream()));
        parts.add("type: " + column.type().word());
        parts.add("class: " + guess.dataClass());
        guess.mask().ifPresent(mask -> parts.add("mask: " + mask.word()));
        parts.add("write: " + (column.readOnly() ? "system" : "never"));
        List<String> picks = picks(column);
        if (!picks.isEmpty()) {
            parts.add("picklist: [" + String.join(", ", picks) + "]");
        }
        parts.add("review: true");
        line("      " + name + ":" + comment(column.label()));
        line("        {" + String.join(", ", parts) + "}");
        return guess;
    }

    private static List<String> picks(Metadata.Column column) {
        boolean worded = column.type() == ValueType.TEXT || column.type() == ValueType.LIST;
        List<String> picks = column.picklist().stream()
                .distinct()
                .filter(pick -> !pick.isEmpty() && pick.length() <= PICK_CHARS_MAX && plain(pick))
                .map(ContractDrafts::quoted)
                .toList();
        return worded && picks.size() <= PICKS_MAX ? picks : List.of();
    }

    private static boolean plain(String text) {
        return text.codePoints()
                .allMatch(c -> !Character.isISOControl(c)
                        && Character.isDefined(c)
                        && Character.getType(c) != Character.SURROGATE
                        && Character.getType(c) != Character.FORMAT);
    }

    private void facts(List<Metadata.Column> columns, Map<String, String> names) {
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        for (Fact fact : Fact.values()) {
            for (String candidate : ClassGuess.candidates(fact)) {
                columns.stream()
                        .filter(column -> candidate.equals(names.get(column.upstream())) && tells(fact, column.type()))
                        .findFirst()
                        .ifPresent(column -> facts.putIfAbsent(fact, names.getOrDefault(column.upstream(), "")));
            }
        }
        List<String> parts = new ArrayList<>();
        facts.forEach((fact, name) -> parts.add(fact.word() + ": " + name));
        line("    facts: {" + String.join(", ", parts) + "}");
    }

    private static boolean tells(Fact fact, ValueType type) {
        boolean when = type == ValueType.MOMENT || type == ValueType.DATE;
        boolean who = type == ValueType.REFERENCE || type == ValueType.TEXT || type == ValueType.INTEGER;
        return fact == Fact.UPDATED ? when : who;
    }

    private void relations(Metadata.Kind kind, List<Metadata.Column> columns, Map<String, String> names) {
        List<String> lines = new ArrayList<>();
        for (Metadata.Column column : columns) {
            Optional<String> target = column.target().map(objectNames::get);
            boolean leads = target.isPresent() && column.type() == ValueType.REFERENCE;
            if (leads && !column.upstream().equals(kind.id())) {
                String name = names.getOrDefault(column.upstream(), "");
                lines.add("      " + name + ": {field: " + name + ", object: " + target.get() + "}");
            }
        }
        if (!lines.isEmpty()) {
            line("    relations:");
            lines.stream().limit(100).forEach(this::line);
        }
    }

    private static void tools(String object, List<String> open, List<String> tools) {
        String fields = "[" + String.join(", ", open) + "]";
        String scope = "['crm:" + object + ":read']";
        tools.add("  " + object + "_get:");
        tools.add("    {object: " + object + ", kind: get, scopes: " + scope + ", title: " + quoted("Read " + object)
                + ",");
        tools.add("     description: " + quoted("Reads one " + object + " by its id.") + ", fields: " + fields + "}");
        tools.add("  " + object + "_search:");
        tools.add("    {object: " + object + ", kind: search, scopes: " + scope + ", title: "
                + quoted("Search " + object) + ",");
        tools.add("     description: " + quoted("Finds records of " + object + " that meet every condition.")
                + ", fields: " + fields + "}");
    }

    static String name(String raw) {
        StringBuilder name = new StringBuilder();
        char before = '_';
        for (int at = 0; at < raw.length() && name.length() < NAME_CHARS_MAX; at++) {
            char c = raw.charAt(at);
            boolean upper = c >= 'A' && c <= 'Z';
            boolean plain = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean hump = upper && before >= 'a' && before <= 'z';
            boolean gap = !plain && before != '_';
            if (hump || gap) {
                name.append('_');
            }
            if (plain) {
                name.append(upper ? (char) (c + 'a' - 'A') : c);
            }
            before = plain ? c : '_';
        }
        boolean begins = !name.isEmpty() && name.charAt(0) >= 'a' && name.charAt(0) <= 'z';
        boolean word = begins && !NOT_TEXT.contains(name.toString());
        return word ? name.toString() : "f_" + name;
    }

    static String unique(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /// JSON strings are YAML strings (YAML 1.2 §1.3).
    private static String quoted(String text) {
        return CanonicalJson.text(Value.of(text));
    }

    private static String comment(String label) {
        return comment(label, LABEL_CHARS_MAX);
    }

    static String comment(String label, int charsMax) {
        StringBuilder shown = new StringBuilder();
        label.codePoints()
                .limit(charsMax)
                .forEach(c -> shown.append(c >= 0x20 && c < 0x7F ? Character.toString(c) : "?"));
        return shown.isEmpty() ? "" : " # " + shown;
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}

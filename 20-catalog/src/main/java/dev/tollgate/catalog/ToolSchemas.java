// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// JSON Schemas (2020-12) of a tool as one principal sees it: only fields that the principal may know
/// of are named, so the schema is the mapping of field classes to permissions that calls are checked
/// against (requirement S0-22).
public final class ToolSchemas {
    static final Value.Fields STRING = type("string");
    private static final Value.Fields COUNT = with(type("integer"), "minimum", Value.of(0));

    private ToolSchemas() {}

    /// The schema of a tool's arguments.
    public static Value.Fields input(ToolType tool, ObjectType object, Set<String> visible) {
        List<FieldType> fields = fields(object, visible);
        return switch (tool.kind()) {
            case GET ->
                object(Map.of("id", id(), "fields", names(fields, tool), "classes", classes(fields)), List.of("id"));
            case SEARCH -> search(tool, fields);
            case COUNT -> object(Map.of("where", where(fields)), List.of());
            case VERIFY -> TaskSchemas.claims(tool, fields);
            case CREATE, SEND ->
                object(changes(Map.of("values", values(tool, fields, tool.required()))), List.of("values"));
            case UPDATE ->
                object(changes(Map.of("id", id(), "values", values(tool, fields, List.of()))), List.of("id", "values"));
            case DELETE -> object(changes(Map.of("id", id())), List.of("id"));
            case MERGE -> object(changes(Map.of("id", id(), "duplicate", id())), List.of("id", "duplicate"));
        };
    }

    /// The schema of a tool's structured answer: records with their values, and for each field a tag
    /// that says in which view it is shown and by which rule.
    public static Value.Fields output(ToolType tool, ObjectType object, Set<String> visible) {
        Map<String, Value> parts = new TreeMap<>();
        parts.put("system", constant(tool.system().value()));
        parts.put("object", constant(object.name()));
        parts.put(
                "decision",
                object(
                        Map.of("id", STRING, "policy", STRING, "log_index", COUNT),
                        List.of("id", "policy", "log_index")));
        if (tool.kind() == ToolType.Kind.COUNT) {
            parts.put("count", COUNT);
            return object(parts, List.of("system", "object", "count", "decision"));
        }
        if (tool.kind() == ToolType.Kind.VERIFY) {
            parts.put("verified", described(type("boolean"), "whether all of it holds, whichever part does not"));
            parts.put("method", STRING);
            parts.put("level", STRING);
            return object(parts, List.of("system", "object", "verified", "method", "level", "decision"));
        }
        parts.put("records", array(record(fields(object, visible))));
        parts.put(
                "spotlight",
                described(
                        object(Map.of("mode", STRING, "note", STRING), List.of("mode", "note")),
                        "how texts that strangers wrote are marked as data in this answer"));
        if (tool.kind() == ToolType.Kind.GET || tool.kind() == ToolType.Kind.SEARCH) {
            parts.put("need", TaskSchemas.need());
        }
        if (tool.kind() == ToolType.Kind.SEARCH) {
            parts.put("cursor", described(STRING, "where the next page begins; absent on the last page"));
        }
        if (tool.verb().changes()) {
            parts.put(
                    "repeated",
                    described(
                            object(Map.of("request", STRING, "record", STRING), List.of("request")),
                            "the change was made before, by that request, under the same idempotency key"));
        }
        return object(parts, List.of("system", "object", "records", "decision"));
    }

    private static List<FieldType> fields(ObjectType object, Set<String> visible) {
        return object.fields().stream()
                .filter(field -> visible.contains(field.name()))
                .toList();
    }

    private static Value.Fields search(ToolType tool, List<FieldType> fields) {
        List<FieldType> keys = fields.stream().filter(FieldType::filterable).toList();
        Value order = object(Map.of("field", words(keys), "descending", type("boolean")), List.of("field"));
        Map<String, Value> parts = new TreeMap<>();
        parts.put("where", where(fields));
        if (!tool.matches().isEmpty()) {
            parts.put(
                    "words",
                    described(
                            with(STRING, "maxLength", Value.of(Words.TEXT_CHARS_MAX)),
                            "1 to " + Words.WORDS_MAX + " words, any of which is found; the best fit comes first"));
        }
        parts.put("order", described(bounded(array(order), Arguments.ORDERS_MAX), "most significant first"));
        parts.put("limit", with(with(type("integer"), "minimum", Value.of(1)), "maximum", Value.of(tool.rowsMax())));
        parts.put("cursor", described(STRING, "`cursor` of the page before, with the same other arguments"));
        parts.put("fields", names(fields, tool));
        parts.put("classes", classes(fields));
        return object(parts, List.of());
    }

    /// What every change may say beside itself.
    private static Map<String, Value> changes(Map<String, Value> own) {
        Map<String, Value> parts = new TreeMap<>(own);
        parts.put(
                ChangeNotes.REASON,
                described(
                        with(STRING, "maxLength", Value.of(ChangeNotes.REASON_CHARS_MAX)),
                        "why, for the person who may have to approve it"));
        parts.put(
                ChangeNotes.KEY,
                described(
                        with(STRING, "maxLength", Value.of(ChangeNotes.KEY_CHARS_MAX)),
                        "names this change: a call that repeats it changes nothing twice"));
        return parts;
    }

    private static Value.Fields values(ToolType tool, List<FieldType> fields, List<String> needed) {
        Map<String, Value> values = new TreeMap<>();
        for (FieldType field : fields) {
            if (tool.accepts().contains(field.name())) {
                values.put(field.name(), taken(field));
            }
        }
        return object(values, needed.stream().filter(values::containsKey).toList());
    }

    private static Value.Fields where(List<FieldType> fields) {
        List<FieldType> keys = fields.stream().filter(FieldType::filterable).toList();
        Set<String> comparisons = new LinkedHashSet<>();
        keys.forEach(field ->
                Given.comparisons(field.type()).stream().map(Comparison::word).forEach(comparisons::add));
        Value.Fields value = new Value.Fields(Map.of(
                "type", Value.texts(List.of("string", "number", "boolean", "array")),
                "items", new Value.Fields(Map.of("type", Value.texts(List.of("string", "number")))),
                "maxItems", Value.of(Given.ITEMS_MAX)));
        Value condition = object(
                Map.of(
                        "field", words(keys),
                        "comparison", oneOf(comparisons.stream().sorted().toList()),
                        "value", described(value, "of the field's type; a list for `in`")),
                List.of("field", "comparison", "value"));
        return described(bounded(array(condition), Arguments.CONDITIONS_MAX), "conditions, all of which hold");
    }

    private static Value names(List<FieldType> fields, ToolType tool) {
        List<String> usual = tool.defaultFields().stream()
                .filter(name -> fields.stream().anyMatch(field -> field.name().equals(name)))
                .toList();
        Value.Fields list = bounded(array(words(fields)), Arguments.FIELDS_MAX);
        list = with(with(list, "minItems", Value.of(1)), "uniqueItems", Value.of(true));
        return described(with(list, "default", Value.texts(usual)), "fields to return; ask only for what you need");
    }

    private static Value classes(List<FieldType> fields) {
        List<String> names = fields.stream()
                .map(field -> field.dataClass().name())
                .distinct()
                .sorted()
                .toList();
        Value.Fields list = bounded(array(oneOf(names)), Arguments.FIELDS_MAX);
        list = with(with(list, "minItems", Value.of(1)), "uniqueItems", Value.of(true));
        return described(list, "data classes whose fields to return, beside `fields`");
    }

    private static Value.Fields words(List<FieldType> fields) {
        return oneOf(fields.stream().map(FieldType::name).toList());
    }

    /// One of these words; nothing fits when there are none (an empty `enum` is not for everybody's
    /// validator).
    private static Value.Fields oneOf(List<String> words) {
        return words.isEmpty()
                ? new Value.Fields(Map.of("not", new Value.Fields(Map.of())))
                : new Value.Fields(Map.of("enum", Value.texts(words)));
    }

    static Value id() {
        return described(with(with(STRING, "minLength", Value.of(1)), "maxLength", Value.of(256)), "id of the record");
    }

    /// What a new record takes in a field.
    static Value taken(FieldType field) {
        Value.Fields one = switch (field.type()) {
            case TEXT -> with(type("string"), "maxLength", Value.of(Given.TEXT_CHARS_MAX));
            case REFERENCE -> with(type("string"), "maxLength", Value.of(256));
            case INTEGER -> type("integer");
            case DECIMAL -> new Value.Fields(Map.of("type", Value.texts(List.of("number", "string"))));
            case BOOLEAN -> type("boolean");
            case DATE -> with(type("string"), "format", Value.of("date"));
            case MOMENT -> with(type("string"), "format", Value.of("date-time"));
            case LIST -> bounded(array(STRING), Given.ITEMS_MAX);
        };
        Value.Fields listed = field.picklist().isEmpty() ? one : with(one, "enum", Value.texts(field.picklist()));
        return field.description().isEmpty() ? listed : described(listed, field.description());
    }

    private static Value record(List<FieldType> fields) {
        Map<String, Value> values = new TreeMap<>();
        fields.forEach(field -> values.put(field.name(), shown(field)));
        Value tag = object(
                Map.of(
                        "view",
                                new Value.Fields(
                                        Map.of("enum", Value.texts(List.of("clear", "masked", "handle", "withheld")))),
                        "class", STRING,
                        "rule", STRING,
                        "reason", STRING,
                        "removed", array(STRING),
                        "caution", STRING,
                        "spotlight", STRING),
                List.of("view", "class", "rule"));
        return object(
                Map.of(
                        "values", with(type("object"), "properties", new Value.Fields(values)),
                        "tags", with(type("object"), "additionalProperties", tag)),
                List.of("values", "tags"));
    }

    /// What may stand in an answer for a field: its value, its mask or its placeholder, or nothing.
    private static Value shown(FieldType field) {
        List<String> types = switch (field.type()) {
            case TEXT, REFERENCE, DATE, MOMENT -> List.of("string", "null");
            case INTEGER -> List.of("integer", "string", "null");
            case DECIMAL -> List.of("number", "string", "null");
            case BOOLEAN -> List.of("boolean", "string", "null");
            case LIST -> List.of("array", "string", "null");
        };
        Value.Fields one = new Value.Fields(Map.of("type", Value.texts(types)));
        return field.description().isEmpty() ? one : described(one, field.description());
    }

    static Value.Fields type(String word) {
        return new Value.Fields(Map.of("type", Value.of(word)));
    }

    private static Value.Fields constant(String word) {
        return new Value.Fields(Map.of("const", Value.of(word)));
    }

    static Value.Fields array(Value items) {
        return new Value.Fields(Map.of("type", Value.of("array"), "items", items));
    }

    private static Value.Fields bounded(Value.Fields array, int itemsMax) {
        return with(array, "maxItems", Value.of(itemsMax));
    }

    static Value.Fields described(Value.Fields schema, String text) {
        return with(schema, "description", Value.of(text));
    }

    static Value.Fields with(Value.Fields schema, String key, Value value) {
        Map<String, Value> values = new TreeMap<>(schema.values());
        values.put(key, value);
        return new Value.Fields(values);
    }

    static Value.Fields object(Map<String, Value> properties, List<String> required) {
        Map<String, Value> values = new TreeMap<>();
        values.put("type", Value.of("object"));
        values.put("properties", new Value.Fields(properties));
        values.put("additionalProperties", Value.of(false));
        if (!required.isEmpty()) {
            values.put("required", Value.texts(required));
        }
        return new Value.Fields(values);
    }
}

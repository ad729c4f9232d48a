// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads the arguments of a call into one typed operation, or says everything that is wrong with them.
///
/// - `get`: `{id, fields?, classes?}`
/// - `search`: `{where?: [{field, comparison, value}], words?, order?: [{field, descending?}], limit?,
///   cursor?, fields?, classes?}`
/// - `count`: `{where?}`
/// - `verify`: `{id, claims: {..}}`
/// - `create`: `{values: {..}}`
/// - `update`: `{id, values: {..}}`
/// - `delete`: `{id}`
/// - `merge`: `{id, duplicate}`
/// - `send`: `{values: {..}}`
///
/// A change may say why (`reason`, text for the person who approves it) and carry an `idempotency_key`: see
/// `ChangeNotes`.
///
/// What is returned is asked for by field, by data class (every field of the class, requirement S0-30), or
/// both.
///
/// A field that the contract does not know, one whose existence policy hides, and one written with
/// look-alike letters are answered in the same words, and no answer repeats what was given: there is
/// nothing to learn from a refusal.
public final class Arguments {
    /// Conditions of one call.
    public static final int CONDITIONS_MAX = 20;

    /// Sort keys of one call.
    public static final int ORDERS_MAX = 5;

    /// Fields that one call names; no object of a contract that agents use has more.
    public static final int FIELDS_MAX = 200;

    /// Rows of a page when the call does not say.
    public static final int LIMIT_DEFAULT = 20;

    /// Rows that may come before a page: further on, paging is an export.
    public static final int OFFSET_MAX = 10_000;

    private static final int CURSOR_CHARS_MAX = 512;
    private static final int PROBLEMS_MAX = 20;
    static final String NO_SUCH_FIELD = " names a field that does not exist";

    private final ToolType tool;
    private final ObjectType object;
    private final Map<String, Value> given;
    private final Set<String> visible;
    private final List<String> problems = new ArrayList<>();

    private Arguments(ToolType tool, ObjectType object, Value.Fields given, Set<String> visible) {
        this.tool = tool;
        this.object = object;
        this.given = given.values();
        this.visible = visible;
    }

    /// The operation that a call means: unbounded by row rules, on fields that exist for the principal.
    ///
    /// @param visible fields that the principal may know of; every other field does not exist
    /// @param cursors seals of this principal's pages
    /// @return refused with `Malformed` when anything is wrong
    public static Step<Operation> read(
            ToolType tool, ObjectType object, Value.Fields arguments, Set<String> visible, CursorSeal cursors) {
        Arguments reader = new Arguments(tool, object, arguments, visible);
        ChangeArguments changes = new ChangeArguments(tool, object, reader.given, visible, reader.problems);
        Optional<Operation> operation = switch (tool.kind()) {
            case GET -> reader.get();
            case SEARCH -> reader.search(cursors);
            case COUNT -> reader.count();
            case VERIFY -> new ClaimArguments(tool, object, reader.given, visible, reader.problems).verify();
            case CREATE -> changes.create();
            case UPDATE -> changes.update();
            case DELETE -> changes.delete();
            case MERGE -> changes.merge();
            case SEND -> changes.send();
        };
        if (changes.commitment().isPresent()) {
            return Step.refuse(changes.commitment().get());
        }
        boolean sound = operation.isPresent() && reader.problems.isEmpty();
        return sound
                ? Step.pass(operation.get())
                : Step.refuse(new Refusal.Malformed(
                        reader.problems.stream().limit(PROBLEMS_MAX).toList()));
    }

    private Operation.Target target() {
        return target(tool);
    }

    static Operation.Target target(ToolType tool) {
        return new Operation.Target(tool.system(), tool.object(), tool.name(), tool.verb(), tool.destination());
    }

    private Optional<Operation> get() {
        known("id", "fields", "classes");
        List<String> fields = fields();
        return ChangeArguments.record(given, "id", problems)
                .map(record -> new Operation.Get(target(), record, fields, List.of()));
    }

    private Optional<Operation> search(CursorSeal cursors) {
        if (tool.matches().isEmpty()) {
            known("where", "order", "limit", "cursor", "fields", "classes");
        } else {
            known("where", "order", "limit", "cursor", "fields", "classes", "words");
        }
        Operation.Search first =
                new Operation.Search(target(), where(), order(), limit(), 0, fields(), List.of(), words());
        Value cursor = given.get("cursor");
        if (cursor == null || !problems.isEmpty()) {
            return Optional.of(first);
        }
        OptionalInt offset = cursor instanceof Value.Text text && text.text().length() <= CURSOR_CHARS_MAX
                ? cursors.open(text.text(), first)
                : OptionalInt.empty();
        if (offset.isEmpty()) {
            problems.add("`/cursor` is not of this search, or too old: search again without it");
            return Optional.empty();
        }
        if (offset.getAsInt() > OFFSET_MAX) {
            problems.add("`/cursor` lies beyond " + OFFSET_MAX + " rows: narrow the search");
            return Optional.empty();
        }
        return Optional.of(new Operation.Search(
                first.target(),
                first.where(),
                first.order(),
                first.limit(),
                offset.getAsInt(),
                first.fields(),
                List.of(),
                first.words()));
    }

    private Optional<Words> words() {
        Value value = given.get("words");
        if (value == null) {
            return Optional.empty();
        }
        boolean searchable = !tool.matches().isEmpty() && visible.containsAll(tool.matches());
        List<String> words = value instanceof Value.Text(String text) && text.length() <= Words.TEXT_CHARS_MAX
                ? Words.of(text)
                : List.of();
        if (!searchable || words.isEmpty() || words.size() > Words.WORDS_MAX) {
            problems.add(
                    searchable
                            ? "`/words` must be text with 1 to " + Words.WORDS_MAX + " words"
                            : "`/words` is not taken by this tool");
            return Optional.empty();
        }
        return Optional.of(new Words(tool.matches(), words));
    }

    private Optional<Operation> count() {
        known("where");
        return Optional.of(new Operation.Count(target(), where(), List.of()));
    }

    private void known(String... names) {
        known(given, problems, names);
    }

    static void known(Map<String, Value> given, List<String> problems, String... names) {
        if (!Set.of(names).containsAll(given.keySet())) {
            problems.add("only " + String.join(", ", names) + " are known here");
        }
    }

    private Optional<FieldType> existing(String name) {
        return visible.contains(name) ? object.field(name) : Optional.empty();
    }

    private List<String> fields() {
        return new Returned(tool, object, given, visible, problems).fields();
    }

    private List<Operation.Condition> where() {
        List<Operation.Condition> conditions = new ArrayList<>();
        int at = 0;
        for (Value item : list("where", CONDITIONS_MAX)) {
            condition("/where/" + at++, item).ifPresent(conditions::add);
        }
        return conditions;
    }

    private Optional<Operation.Condition> condition(String at, Value item) {
        boolean shaped = item instanceof Value.Fields fields
                && fields.values().keySet().equals(Set.of("comparison", "field", "value"));
        if (!shaped || !(item instanceof Value.Fields fields)) {
            problems.add("`" + at + "` must have field, comparison and value, and nothing else");
            return Optional.empty();
        }
        Optional<FieldType> field = probed(at, fields);
        Optional<Comparison> comparison = fields.values().get("comparison") instanceof Value.Text text
                ? Comparison.of(text.text())
                : Optional.empty();
        if (comparison.isEmpty()) {
            problems.add("`" + at + "/comparison` is not known");
        }
        if (field.isEmpty() || comparison.isEmpty()) {
            return Optional.empty();
        }
        Value value = fields.values().getOrDefault("value", Value.NULL);
        return new Given(field.get(), at + "/value", problems)
                .condition(comparison.get(), value)
                .map(typed -> new Operation.Condition(field.get().name(), comparison.get(), typed));
    }

    /// The field that a condition or a sort key reads.
    private Optional<FieldType> probed(String at, Value.Fields fields) {
        Optional<FieldType> field =
                fields.values().get("field") instanceof Value.Text text ? existing(text.text()) : Optional.empty();
        if (field.isEmpty()) {
            problems.add("`" + at + "/field`" + NO_SUCH_FIELD);
        } else if (!field.get().filterable()) {
            problems.add("`" + at + "/field` cannot be filtered or sorted by");
            return Optional.empty();
        }
        return field;
    }

    private List<Operation.Order> order() {
        List<Operation.Order> keys = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        int at = 0;
        for (Value item : list("order", ORDERS_MAX)) {
            String place = "/order/" + at++;
            boolean shaped = item instanceof Value.Fields fields
                    && Set.of("field", "descending").containsAll(fields.values().keySet());
            if (!shaped || !(item instanceof Value.Fields fields)) {
                problems.add("`" + place + "` must have field and may have descending, and nothing else");
                continue;
            }
            Value descending = fields.values().getOrDefault("descending", Value.of(false));
            if (!(descending instanceof Value.Bool)) {
                problems.add("`" + place + "/descending` must be true or false");
            }
            boolean down = descending instanceof Value.Bool bool && bool.truth();
            probed(place, fields).ifPresent(field -> {
                if (!seen.add(field.name())) {
                    problems.add("`" + place + "/field` is there twice");
                }
                keys.add(new Operation.Order(field.name(), down));
            });
        }
        return keys;
    }

    private List<Value> list(String name, int itemsMax) {
        Value value = given.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Value.Items items) || items.values().size() > itemsMax) {
            problems.add("`/" + name + "` must be a list of at most " + itemsMax + " items");
            return List.of();
        }
        return items.values();
    }

    private int limit() {
        Value value = given.get("limit");
        if (value == null) {
            return Math.min(LIMIT_DEFAULT, tool.rowsMax());
        }
        int limit = value instanceof Value.Num num ? Given.small(num.number()) : 0;
        if (limit < 1 || limit > tool.rowsMax()) {
            problems.add("`/limit` must be a whole number from 1 to " + tool.rowsMax());
            return 1;
        }
        return limit;
    }
}

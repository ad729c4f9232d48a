// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the arguments of a change. For one call and one thread.
final class ChangeArguments {
    private final ToolType tool;
    private final ObjectType object;
    private final Map<String, Value> given;
    private final Set<String> visible;
    private final List<String> problems;
    private Optional<Refusal> commitment = Optional.empty();

    ChangeArguments(
            ToolType tool, ObjectType object, Map<String, Value> given, Set<String> visible, List<String> problems) {
        this.tool = tool;
        this.object = object;
        this.given = given;
        this.visible = visible;
        this.problems = problems;
    }

    /// The refusal of a call that writes what people answer for.
    Optional<Refusal> commitment() {
        return commitment;
    }

    Optional<Operation> create() {
        Arguments.known(given, problems, "values", ChangeNotes.REASON, ChangeNotes.KEY);
        ChangeNotes.check(given, problems);
        return values(true)
                .map(values -> new Write.Create(Arguments.target(tool), values, tool.defaultFields(), List.of()));
    }

    Optional<Operation> send() {
        Arguments.known(given, problems, "values", ChangeNotes.REASON, ChangeNotes.KEY);
        ChangeNotes.check(given, problems);
        Optional<Map<String, Value>> values = values(true);
        values.ifPresent(
                message -> tool.outlet().ifPresent(outlet -> new SendArguments(outlet, problems).check(message)));
        return values.map(message -> new Write.Send(Arguments.target(tool), message, tool.defaultFields(), List.of()));
    }

    Optional<Operation> update() {
        Arguments.known(given, problems, "id", "values", ChangeNotes.REASON, ChangeNotes.KEY);
        ChangeNotes.check(given, problems);
        Optional<RecordId> record = record(given, "id", problems);
        Optional<Map<String, Value>> values = values(false);
        if (values.isPresent() && values.get().isEmpty()) {
            problems.add("`/values` must change at least one field");
            return Optional.empty();
        }
        return record.isEmpty() || values.isEmpty()
                ? Optional.empty()
                : Optional.of(new Write.Update(
                        Arguments.target(tool), record.get(), values.get(), Optional.empty(), returned(), List.of()));
    }

    Optional<Operation> delete() {
        Arguments.known(given, problems, "id", ChangeNotes.REASON, ChangeNotes.KEY);
        ChangeNotes.check(given, problems);
        return record(given, "id", problems)
                .map(record -> new Write.Delete(Arguments.target(tool), record, Optional.empty(), List.of()));
    }

    Optional<Operation> merge() {
        Arguments.known(given, problems, "id", "duplicate", ChangeNotes.REASON, ChangeNotes.KEY);
        ChangeNotes.check(given, problems);
        Optional<RecordId> kept = record(given, "id", problems);
        Optional<RecordId> duplicate = record(given, "duplicate", problems);
        if (kept.isEmpty() || duplicate.isEmpty()) {
            return Optional.empty();
        }
        if (kept.equals(duplicate)) {
            problems.add("`/duplicate` must be another record than `/id`");
            return Optional.empty();
        }
        return Optional.of(new Write.Merge(
                Arguments.target(tool), kept.get(), duplicate.get(), Optional.empty(), Optional.empty(), List.of()));
    }

    static Optional<RecordId> record(Map<String, Value> given, String name, List<String> problems) {
        if (given.get(name) instanceof Value.Text id && isId(id.text())) {
            return Optional.of(new RecordId(id.text()));
        }
        problems.add("`/" + name + "` must be the id of a record, as text of 1 to 256 characters");
        return Optional.empty();
    }

    private Optional<Map<String, Value>> values(boolean whole) {
        if (!(given.get("values") instanceof Value.Fields values)) {
            problems.add("`/values` must be an object");
            return Optional.empty();
        }
        Map<String, Value> typed = new LinkedHashMap<>();
        values.values().forEach((name, value) -> {
            Optional<FieldType> field =
                    existing(name).filter(one -> tool.accepts().contains(one.name()));
            if (field.isEmpty()) {
                commitment = commitment.or(() -> human(name));
                problems.add("`/values`" + Arguments.NO_SUCH_FIELD);
                return;
            }
            new Given(field.get(), "/values/" + name, problems).setting(value).ifPresent(one -> typed.put(name, one));
        });
        for (String name : tool.required()) {
            if (whole && !values.values().containsKey(name)) {
                problems.add("`/values/" + name + "` is missing");
            }
        }
        return Optional.of(typed);
    }

    /// Requirements S4-13, S4-16, S4-31: a field that a person answers for is not written by an agent,
    /// and the refusal says where a suggestion goes. A field whose existence is hidden stays hidden.
    private Optional<Refusal> human(String name) {
        return existing(name)
                .filter(field -> field.writeClass().commits())
                .map(field -> new Refusal.HumanOnly(object.name() + "." + name, field.owner(), field.suggestion()));
    }

    /// What an update returns: nothing that the principal may not know of.
    private List<String> returned() {
        return tool.defaultFields().stream().filter(visible::contains).toList();
    }

    private Optional<FieldType> existing(String name) {
        return visible.contains(name) ? object.field(name) : Optional.empty();
    }

    private static boolean isId(String text) {
        return !text.isBlank() && text.length() <= 256 && text.chars().noneMatch(Character::isISOControl);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.Sharing;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Turns a change into what a door is asked. The record's state and the row rules go into the question
/// itself, so that the system decides on both in the moment in which it changes the record.
final class ChangePlanner {
    private static final RuleId ROW_RULE = new RuleId("row-rule");

    private final Map<String, Layout> layouts;
    private final Map<ToolName, Outlet> outlets;
    private final Layout layout;

    ChangePlanner(Map<String, Layout> layouts, Map<ToolName, Outlet> outlets, Layout layout) {
        this.layouts = layouts;
        this.outlets = outlets;
        this.layout = layout;
    }

    /// @param fields contract name to column of what is returned
    Step<Plan> plan(Write write, SequencedMap<String, Ask.Column> fields) {
        return switch (write) {
            case Write.Create create -> create(create, fields);
            case Write.Update update -> update(update, fields);
            case Write.Delete delete ->
                pick(delete.record(), delete.version(), delete.rules()).then(pick -> {
                    Ask ask = new Ask.Remove(layout.upstream(), layout.id(), pick);
                    return plan(delete, ask, fields, List.of());
                });
            case Write.Merge merge -> merge(merge, fields);
            case Write.Send send -> send(send, fields);
        };
    }

    private Step<Plan> create(Write.Create create, SequencedMap<String, Ask.Column> fields) {
        return values(create.values()).then(values -> {
            List<RowRule> rules = lasting(create.rules());
            for (RowRule rule : rules) {
                Optional<Refusal> outside = born(rule, values);
                if (outside.isPresent()) {
                    return Step.refuse(outside.get());
                }
            }
            Ask ask = new Ask.Add(
                    layout.upstream(), layout.id(), settings(values), Planner.fetched(layout, fields), versioned());
            return plan(create, ask, fields, rules);
        });
    }

    private Step<Plan> send(Write.Send send, SequencedMap<String, Ask.Column> fields) {
        Optional<Outlet.Replies> replies = outlet(send).flatMap(Outlet::replies);
        return covered(send).then(this::values).then(values -> {
            if (replies.isPresent()) {
                return answer(send, replies.get(), values, fields);
            }
            // A sink has no records, so no rule can hold of them.
            if (!send.rules().isEmpty()) {
                return Step.refuse(Planner.unmapped(send.rules().getFirst().fact()));
            }
            return sends(send, values, Optional.empty(), fields);
        });
    }

    /// An answer is born inside the walls, and what it answers lies inside them too.
    private Step<Plan> answer(
            Write.Send send,
            Outlet.Replies replies,
            SequencedMap<String, Value> values,
            SequencedMap<String, Ask.Column> fields) {
        for (RowRule rule : send.rules()) {
            Optional<Refusal> outside = born(rule, values);
            if (outside.isPresent()) {
                return Step.refuse(outside.get());
            }
        }
        return bond(send, replies, values).then(bond -> sends(send, values, Optional.of(bond), fields));
    }

    private Step<Plan> sends(
            Write.Send send,
            SequencedMap<String, Value> values,
            Optional<Ask.Bond> bond,
            SequencedMap<String, Ask.Column> fields) {
        Ask ask = new Ask.Send(layout.upstream(), layout.id(), settings(values), Planner.fetched(layout, fields), bond);
        return plan(send, ask, fields, send.rules());
    }

    private Optional<Outlet> outlet(Write.Send send) {
        return Optional.ofNullable(outlets.get(send.target().tool()));
    }

    /// The record that is answered still belongs to the person who receives the answer: asked of the system itself.
    private Step<Ask.Bond> bond(Write.Send send, Outlet.Replies replies, Map<String, Value> values) {
        Layout answered = layouts.get(replies.object());
        Optional<Ask.Column> asker = Optional.ofNullable(answered).flatMap(object -> object.column(replies.asker()));
        if (answered == null
                || asker.isEmpty()
                || !(values.get(replies.record()) instanceof Value.Text record)
                || !(values.get(replies.person()) instanceof Value.Text person)) {
            return Planner.malformed("an answer names the record that it is for and who asked");
        }
        Filters filters = new Filters();
        filters.add(answered.id(), Comparison.EQUALS, record);
        filters.add(asker.get(), Comparison.EQUALS, person);
        return filters.addRules(answered, send.rules())
                .then(met -> met
                        ? Step.pass(new Ask.Bond(answered.upstream(), answered.id(), filters.all()))
                        : Step.refuse(outside()));
    }

    /// The partner's own terms, once more and here: whatever was decided, a field that they do not
    /// cover is no part of the payload (requirement S0-36).
    private Step<Map<String, Value>> covered(Write.Send send) {
        Optional<Sharing> shares = outlet(send).flatMap(Outlet::sharing);
        if (shares.isEmpty()) {
            return Step.pass(send.values());
        }
        Sharing sharing = shares.get();
        Optional<Sharing.Terms> terms = send.values().get(sharing.purpose()) instanceof Value.Text(String purpose)
                ? sharing.terms(purpose)
                : Optional.empty();
        if (terms.isEmpty()) {
            return Step.refuse(
                    new Refusal.Denied(new RuleId("partner:" + send.target().destination()), "purpose"));
        }
        Map<String, Value> covered = new TreeMap<>(send.values());
        covered.keySet().removeIf(field -> !sharing.covers(terms.get(), field));
        return Step.pass(covered);
    }

    private Step<Plan> update(Write.Update update, SequencedMap<String, Ask.Column> fields) {
        return values(update.values()).then(values -> {
            List<RowRule> rules = lasting(update.rules());
            for (RowRule rule : rules) {
                if (leaves(rule, values)) {
                    return Step.refuse(outside());
                }
            }
            return pick(update.record(), update.version(), update.rules()).then(pick -> {
                Ask ask = new Ask.Alter(
                        layout.upstream(), layout.id(), pick, settings(values), Planner.fetched(layout, fields));
                return plan(update, ask, fields, rules);
            });
        });
    }

    private Step<Plan> merge(Write.Merge merge, SequencedMap<String, Ask.Column> fields) {
        return pick(merge.record(), merge.version(), merge.rules())
                .then(kept -> pick(merge.duplicate(), merge.duplicateVersion(), merge.rules())
                        .then(duplicate -> {
                            Ask ask = new Ask.Join(
                                    layout.upstream(),
                                    layout.id(),
                                    kept,
                                    duplicate,
                                    links(merge.target().object()),
                                    Planner.fetched(layout, fields));
                            return plan(merge, ask, fields, lasting(merge.rules()));
                        }));
    }

    /// Every column of the contract that points at records of the object.
    private List<Ask.Link> links(String object) {
        List<Ask.Link> links = new ArrayList<>();
        new TreeMap<>(layouts)
                .forEach((_, from) -> from.references()
                        .forEach((field, to) -> from.column(field)
                                .filter(_ -> to.equals(object))
                                .ifPresent(column -> links.add(new Ask.Link(from.upstream(), column)))));
        return links;
    }

    /// The record in the state that the change was decided on, as far as the row rules let it be seen.
    private Step<Optional<Ask.Pick>> found(RecordId record, Optional<String> version, List<RowRule> rules) {
        Filters filters = new Filters();
        Value id = Value.of(record.value());
        filters.add(layout.id(), Comparison.EQUALS, id);
        return filters.addRules(layout, rules).then(met -> {
            if (!met || !Kinds.storable(id)) {
                return Step.pass(Optional.empty());
            }
            if (version.isEmpty() || layout.version().isEmpty()) {
                return Step.pass(Optional.of(
                        new Ask.Pick(record.value(), filters.all(), version, Optional.empty(), versioned())));
            }
            Ask.Column column = layout.version().get();
            Optional<Ask.Filter> stamp = Stamps.value(column.kind(), version.get())
                    .map(value -> new Ask.Filter(column, Comparison.EQUALS, value));
            // No state of the record has such a stamp.
            return stamp.isEmpty()
                    ? Step.refuse(new Refusal.StaleRecord())
                    : Step.pass(Optional.of(
                            new Ask.Pick(record.value(), filters.all(), Optional.empty(), stamp, versioned())));
        });
    }

    private Step<Ask.Pick> pick(RecordId record, Optional<String> version, List<RowRule> rules) {
        return found(record, version, rules)
                .then(pick -> pick.map(Step::pass).orElseGet(() -> Step.refuse(new Refusal.NotFound())));
    }

    private Step<SequencedMap<String, Value>> values(Map<String, Value> given) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : new TreeMap<>(given).entrySet()) {
            Optional<Ask.Column> column = layout.column(entry.getKey());
            boolean settable = column.isPresent()
                    && !entry.getKey().equals(layout.idField())
                    && !layout.version().equals(column);
            if (!settable) {
                return Planner.malformed("the contract has no such field to set");
            }
            boolean fits = Kinds.read(column.get().kind(), entry.getValue()).isPresent();
            if (!fits || !Kinds.storable(entry.getValue())) {
                return Planner.malformed("a value does not fit its field");
            }
            values.put(entry.getKey(), entry.getValue());
        }
        return Step.pass(values);
    }

    private List<Ask.Setting> settings(SequencedMap<String, Value> values) {
        List<Ask.Setting> settings = new ArrayList<>();
        values.forEach((field, value) ->
                settings.add(new Ask.Setting(layout.column(field).orElseThrow(), value)));
        return settings;
    }

    /// A new record is born inside the wall: a rule that names one value sets the fact, and a value that
    /// breaks a rule is refused before anything happens.
    private Optional<Refusal> born(RowRule rule, SequencedMap<String, Value> values) {
        String field = layout.facts().get(rule.fact());
        if (field == null) {
            return Optional.of(Planner.unmapped(rule.fact()));
        }
        Value given = values.get(field);
        if (given == null && rule.comparison() == Comparison.EQUALS) {
            values.put(field, rule.value());
            return Optional.empty();
        }
        boolean holds = given != null && Matches.holds(given, rule.comparison(), rule.value());
        return holds ? Optional.empty() : Optional.of(outside());
    }

    /// A change does not move a record out of the wall.
    private boolean leaves(RowRule rule, Map<String, Value> values) {
        String field = layout.facts().get(rule.fact());
        Value given = field == null ? null : values.get(field);
        return given != null && !Matches.holds(given, rule.comparison(), rule.value());
    }

    private static Refusal outside() {
        return new Refusal.Denied(ROW_RULE, "row-rule");
    }

    /// The rules that hold after the change too: when it happened is another moment than before.
    private static List<RowRule> lasting(List<RowRule> rules) {
        return rules.stream().filter(rule -> rule.fact() != Fact.UPDATED).toList();
    }

    private boolean versioned() {
        return layout.version().isEmpty();
    }

    private Step<Plan> plan(Write write, Ask ask, Map<String, Ask.Column> fields, List<RowRule> rules) {
        return Step.pass(new Plan(write, layout, Optional.of(ask), fields, rules, 1));
    }
}

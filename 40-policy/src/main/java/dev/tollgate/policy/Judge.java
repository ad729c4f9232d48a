// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.cedar.Candidates;
import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Unknowns;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Rules;
import dev.tollgate.policy.bundle.World;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the policies about the fields of one operation, as the facts stand. Any policy that cannot be
/// evaluated denies
/// the view that was asked for: Cedar would leave it out, a forbid included.
final class Judge {
    static final RuleId DEFAULT_DENY = new RuleId("default-deny");

    private static final List<View> PLAIN = List.of(View.CLEAR);
    private static final List<View> MASKABLE = List.of(View.CLEAR, View.MASKED);

    private final Bundle bundle;
    private final Frame frame;
    private final Situation situation;
    private final Map<String, CedarValue> shared;
    private final EntityUid agent;
    private final Entities entities;
    private final RowCondition.Reader reader;
    private final Optional<Ratios> ratios;

    /// @param ratios how far a change moves each field; without them a change is tried as the smallest one
    Judge(
            Bundle bundle,
            Frame frame,
            Situation situation,
            Evidence evidence,
            Optional<BigDecimal> amount,
            Optional<Ratios> ratios) {
        this.bundle = bundle;
        this.ratios = ratios;
        this.frame = frame;
        this.situation = situation;
        this.shared = Contexts.shared(frame, situation, evidence, bundle.limits(), amount);
        this.reader = new RowCondition.Reader(frame.object(), situation.now());
        Entity principal = Contexts.agent(frame.who());
        this.agent = principal.uid();
        this.entities = bundle.world().entities(frame.contract().system()).with(principal);
    }

    /// The facts of a row, encoded once for all its fields.
    ///
    /// @param facts   them
    /// @param clear   the context of the clear view
    /// @param masked  the context of the masked view
    /// @param unknown facts that only the row itself tells
    record Row(Rec facts, Rec clear, Rec masked, Unknowns unknown) {
        Rec context(View view) {
            return view == View.CLEAR ? clear : masked;
        }
    }

    /// A row of which `known` is known and `unknown` is not; every other fact is absent.
    Row row(Map<Fact, Value> known, Set<Fact> unknown) {
        Rec facts = RowFacts.row(known, situation.now());
        return new Row(
                facts,
                Contexts.with(shared, View.CLEAR, facts),
                Contexts.with(shared, View.MASKED, facts),
                RowFacts.unknowns(unknown));
    }

    /// What the policies say to a field, view by view, highest first.
    Finding find(FieldType field, Verb verb, Row row) {
        Optional<World.Place> known =
                bundle.world().place(frame.contract().system(), frame.object().name(), field.name());
        return known.map(place -> find(place, field, verb, row)).orElseGet(() -> findUnknown(field.name(), row));
    }

    private Finding find(World.Place place, FieldType field, Verb verb, Row row) {
        return inClass(place.classes())
                ? asked(new Question(place.path(), field, verb, candidates(place.uid(), verb, entities)), row)
                : Finding.withheld(place.path(), field, Gate.rule(frame.workflow()), Reason.OUT_OF_CLASS);
    }

    /// The same for a field that the system returned and no contract knows.
    Finding findUnknown(String name, Row row) {
        FieldPath path = new FieldPath(frame.object().name(), name);
        FieldType field = FieldType.unknown(name);
        if (!inClass(Set.of(field.dataClass()))) {
            return Finding.withheld(path, field, Gate.rule(frame.workflow()), Reason.UNKNOWN_FIELD);
        }
        Entity entity = bundle.world().unknown(frame.contract().system(), path, field);
        Verb verb = frame.tool().verb();
        return asked(new Question(path, field, verb, candidates(entity.uid(), verb, entities.with(entity))), row);
    }

    /// Asks again for another row, with the policies that were found to apply.
    Finding again(Finding finding, Row row) {
        return finding.question().map(question -> asked(question, row)).orElse(finding);
    }

    /// What is asked about one field, whatever the row.
    ///
    /// @param candidates the policies that can apply, found once
    record Question(FieldPath path, FieldType field, Verb verb, Candidates candidates) {}

    private Candidates candidates(EntityUid field, Verb verb, Entities world) {
        return bundle.rules().policies().candidates(agent, World.action(verb), field, world);
    }

    /// Requirement S0-14: a class that the workflow does not name is out of reach, whatever policies say.
    private boolean inClass(Set<DataClass> classes) {
        for (DataClass one : classes) {
            if (frame.workflow().classes().contains(one)) {
                return true;
            }
        }
        return false;
    }

    private Finding asked(Question question, Row row) {
        boolean maskable =
                question.field().mask().isPresent() && !question.verb().changes();
        List<View> views = maskable ? MASKABLE : PLAIN;
        List<Ruling> rulings = new ArrayList<>(views.size());
        for (View view : views) {
            Ruling ruling = ask(question, view, row);
            rulings.add(ruling);
            if (ruling instanceof Ruling.Granted) {
                break;
            }
        }
        return Finding.of(question, views, rulings);
    }

    private Ruling ask(Question question, View view, Row row) {
        Rules rules = bundle.rules();
        Rec context = context(question, view, row);
        return row.unknown() == Unknowns.NONE
                ? Rulings.of(rules, question.candidates().authorize(context))
                : Rulings.of(rules, question.candidates().partial(context, row.unknown()), reader);
    }

    /// A verb that changes what is there tells how far it moves the field.
    private Rec context(Question question, View view, Row row) {
        boolean moves = question.verb().changes() && question.verb() != Verb.CREATE;
        if (!moves) {
            return row.context(view);
        }
        Map<String, CedarValue> moved = new java.util.HashMap<>(shared);
        moved.put(
                "change", ratios.map(known -> known.of(question.field().name())).orElse(Ratios.SMALLEST));
        return Contexts.with(moved, view, row.facts());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.cedar.Candidates;
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
import org.jspecify.annotations.Nullable;

/// Asks the policies about the fields of one operation, as the facts stand. Any policy that cannot be
/// evaluated denies the view that was asked for: Cedar would leave it out, a forbid included.
final class Judge {
    static final RuleId DEFAULT_DENY = new RuleId("default-deny");

    private static final List<View> PLAIN = List.of(View.CLEAR);
    private static final List<View> MASKABLE = List.of(View.CLEAR, View.MASKED);
    private static final List<View> HANDLED = List.of(View.CLEAR, View.HANDLE);
    private static final List<View> ALL = List.of(View.CLEAR, View.MASKED, View.HANDLE);

    private final Bundle bundle;
    private final Frame frame;
    private final Situation situation;
    private final Optional<Memo> memo;
    private final Rec shared;
    private final Rec context;
    private final Entity principal;
    private final Entities entities;
    private final RowCondition.Reader reader;
    private final Optional<Ratios> ratios;

    /// @param ratios how far a change moves each field; without them a change is tried as the smallest one
    ///
    /// @param memo   what was found out before; nothing where answers move with the clock
    Judge(
            Bundle bundle,
            Optional<Memo> memo,
            Frame frame,
            Situation situation,
            Evidence evidence,
            Optional<BigDecimal> amount,
            Optional<Ratios> ratios) {
        this.bundle = bundle;
        this.memo = memo;
        this.ratios = ratios;
        this.frame = frame;
        this.situation = situation;
        this.shared = Contexts.shared(frame, situation, evidence, bundle.limits(), amount);
        this.context = shared.with("now", Contexts.now(situation));
        this.reader = new RowCondition.Reader(frame.object(), situation.now());
        this.principal = Contexts.agent(frame.who());
        this.entities = bundle.world().entities(frame.contract().system()).with(principal);
    }

    /// The facts of a row, encoded once for all its fields. For one thread.
    static final class Row {
        private final Rec facts;
        private final Rec context;
        private final Unknowns unknown;
        private final Optional<Memo.Known> known;
        private @Nullable Rec clear;
        private @Nullable Rec masked;

        private Row(Rec facts, Rec context, Unknowns unknown, Optional<Memo.Known> known) {
            this.facts = facts;
            this.context = context;
            this.unknown = unknown;
            this.known = known;
        }

        private Rec context(View view) {
            if (view == View.CLEAR) {
                clear = clear == null ? Contexts.with(context, View.CLEAR, facts) : clear;
                return clear;
            }
            if (view == View.HANDLE) {
                // Few fields have handles, and few of those are neither clear nor masked.
                return Contexts.with(context, View.HANDLE, facts);
            }
            masked = masked == null ? Contexts.with(context, View.MASKED, facts) : masked;
            return masked;
        }
    }

    /// A row of which `known` is known and `unknown` is not; every other fact is absent.
    Row row(Map<Fact, Value> known, Set<Fact> unknown) {
        Rec facts = RowFacts.row(known, situation.now());
        return new Row(facts, context, RowFacts.unknowns(unknown), Optional.empty());
    }

    /// The row that every record of the operation may be, asked about again by each call of its kind.
    Row open(Map<Fact, Value> known, Set<Fact> unknown) {
        Rec facts = RowFacts.row(known, situation.now());
        Optional<Memo.Known> found = memo.map(memory -> memory.of(new Memo.Subject(
                frame.contract().system(),
                frame.object().name(),
                frame.workflow().id(),
                principal,
                shared,
                facts,
                Set.copyOf(unknown))));
        return new Row(facts, context, RowFacts.unknowns(unknown), found);
    }

    /// What the policies say to a field, view by view, highest first.
    Finding find(FieldType field, Verb verb, Row row) {
        // How far a change moves a field is in no key.
        if (row.known.isEmpty() || moves(verb)) {
            return found(field, verb, row);
        }
        return row.known.get().find(field.name(), verb, () -> found(field, verb, row), reader::timed);
    }

    private Finding found(FieldType field, Verb verb, Row row) {
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

    /// What the policies say to a message in one view.
    Ruling send(View view, Outgoing outgoing) {
        Entity sink = World.sink(frame.destination());
        Candidates candidates = bundle.rules()
                .policies()
                .candidates(principal.uid(), World.action(Verb.SEND), sink.uid(), entities.with(sink));
        Rec asked = Contexts.with(Contexts.sending(context, outgoing), view, Rec.EMPTY);
        return Rulings.of(bundle.rules(), candidates.authorize(asked));
    }

    /// Whether the workflow names the class of a field, or one above it.
    boolean inClass(FieldType field) {
        return bundle.world()
                .place(frame.contract().system(), frame.object().name(), field.name())
                .filter(place -> inClass(place.classes()))
                .isPresent();
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
        return bundle.rules().policies().candidates(principal.uid(), World.action(verb), field, world);
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
        List<View> views = views(question);
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

    /// The views that there are of a field, highest first. A value that is written or chosen by is clear or nothing.
    private static List<View> views(Question question) {
        boolean masked = question.field().mask().isPresent();
        if (question.verb().changes() || !(masked || question.field().handle())) {
            return PLAIN;
        }
        return masked && question.field().handle() ? ALL : masked ? MASKABLE : HANDLED;
    }

    private Ruling ask(Question question, View view, Row row) {
        Rules rules = bundle.rules();
        Rec asked = context(question, view, row);
        return row.unknown == Unknowns.NONE
                ? Rulings.of(rules, question.candidates().authorize(asked))
                : Rulings.of(rules, question.candidates().partial(asked, row.unknown), reader);
    }

    /// A verb that changes what is there tells how far it moves the field.
    private Rec context(Question question, View view, Row row) {
        if (!moves(question.verb())) {
            return row.context(view);
        }
        Rec change = ratios.map(known -> known.of(question.field().name())).orElse(Ratios.SMALLEST);
        return Contexts.with(context.with("change", change), view, row.facts);
    }

    private static boolean moves(Verb verb) {
        return verb.changes() && verb != Verb.CREATE && verb != Verb.SEND;
    }
}

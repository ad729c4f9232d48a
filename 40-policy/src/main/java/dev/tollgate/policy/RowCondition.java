// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.ObjectType;
import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Residual;
import dev.tollgate.cedar.Unknowns;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a residual of Cedar demands of a row, as conditions that a query can carry.
///
/// @param rules   each must hold, or the residual does not have the wanted outcome
/// @param present facts that must be there, whatever they are
/// @param whole   nothing was left out: when the rules hold and the facts are there, the residual has the outcome
record RowCondition(List<RowRule> rules, Set<Fact> present, boolean whole) {
    private static final RowCondition NOTHING_SAID = new RowCondition(List.of(), Set.of(), false);
    private static final RowCondition NOTHING_DEMANDED = new RowCondition(List.of(), Set.of(), true);

    RowCondition {
        rules = List.copyOf(rules);
        present = Set.copyOf(present);
    }

    /// Whether every row that meets `pushed` gives the outcome, and without a failure: a row that meets a rule has the
    /// fact.
    boolean impliedBy(Set<RowRule> pushed) {
        Set<Fact> there = new LinkedHashSet<>();
        pushed.forEach(rule -> there.add(rule.fact()));
        return whole && pushed.containsAll(rules) && there.containsAll(present);
    }

    /// Reads residuals for one object at one moment. For one thread.
    static final class Reader {
        private final ObjectType object;
        private final Instant now;
        private boolean timed;

        Reader(ObjectType object, Instant now) {
            this.object = object;
            this.now = now;
        }

        /// Whether a condition was read since the last call of this whose rules move with the clock.
        boolean timed() {
            boolean was = timed;
            timed = false;
            return was;
        }

        /// What makes the residual true.
        RowCondition holds(Residual residual) {
            return switch (residual) {
                case Residual.Known known -> known.value() ? NOTHING_DEMANDED : NOTHING_SAID;
                case Residual.All all ->
                    both(all.parts().stream().map(this::holds).toList());
                case Residual.Any any ->
                    either(any.parts().stream().map(this::holds).toList());
                case Residual.Not not -> fails(not.part());
                case Residual.Has has ->
                    fact(has.path())
                            .map(fact -> new RowCondition(List.of(), Set.of(fact), true))
                            .orElse(NOTHING_SAID);
                case Residual.Compare compare -> compare(compare, false);
                case Residual.Failing _, Residual.Choice _, Residual.Truth _, Residual.Opaque _ -> NOTHING_SAID;
            };
        }

        /// What makes the residual false, and not failing: a policy that fails denies.
        RowCondition fails(Residual residual) {
            return switch (residual) {
                case Residual.Known known -> known.value() ? NOTHING_SAID : NOTHING_DEMANDED;
                case Residual.Any any ->
                    both(any.parts().stream().map(this::fails).toList());
                case Residual.Not not -> holds(not.part());
                case Residual.Compare compare -> compare(compare, true);
                // One false part is enough, be it that a fact is absent: no rule says "absent or unequal".
                case Residual.All _, Residual.Has _ -> NOTHING_SAID;
                case Residual.Failing _, Residual.Choice _, Residual.Truth _, Residual.Opaque _ -> NOTHING_SAID;
            };
        }

        private static RowCondition both(List<RowCondition> parts) {
            List<RowRule> rules = new ArrayList<>();
            Set<Fact> present = new LinkedHashSet<>();
            boolean whole = true;
            for (RowCondition part : parts) {
                rules.addAll(part.rules());
                present.addAll(part.present());
                whole &= part.whole();
            }
            return new RowCondition(rules.stream().distinct().toList(), present, whole);
        }

        /// Alternatives of one fact are one rule; of several, none.
        private static RowCondition either(List<RowCondition> parts) {
            List<Value> values = new ArrayList<>();
            Set<Fact> facts = new LinkedHashSet<>();
            for (RowCondition part : parts) {
                boolean one = part.whole() && part.rules().size() == 1;
                Optional<List<Value>> alternatives =
                        one ? alternatives(part.rules().getFirst()) : Optional.empty();
                if (alternatives.isEmpty()) {
                    return NOTHING_SAID;
                }
                facts.add(part.rules().getFirst().fact());
                facts.addAll(part.present());
                values.addAll(alternatives.get());
            }
            if (facts.size() != 1) {
                return NOTHING_SAID;
            }
            RowRule rule = new RowRule(facts.iterator().next(), Comparison.IN, new Value.Items(values));
            return new RowCondition(List.of(rule), Set.of(), true);
        }

        private static Optional<List<Value>> alternatives(RowRule rule) {
            return switch (rule.comparison()) {
                case EQUALS -> Optional.of(List.of(rule.value()));
                case IN -> rule.value() instanceof Value.Items items ? Optional.of(items.values()) : Optional.empty();
                case NOT_EQUALS, LESS, AT_MOST, GREATER, AT_LEAST, STARTS_WITH, CONTAINS -> Optional.empty();
            };
        }

        private RowCondition compare(Residual.Compare compare, boolean negated) {
            return switch (compare.value()) {
                case CedarValue.Str text
                when compare.comparator() == Residual.Comparator.EQUAL ->
                    named(compare.path(), negated ? Comparison.NOT_EQUALS : Comparison.EQUALS, text.value());
                case CedarValue.Set set
                when compare.comparator() == Residual.Comparator.ONE_OF && !negated -> oneOf(compare.path(), set);
                case CedarValue.Datetime moment
                when is(compare.path(), "updated") -> since(compare.comparator(), negated, moment.epochMillis());
                case CedarValue.Duration age
                when is(compare.path(), "age") -> young(compare.comparator(), negated, age.millis());
                case CedarValue.Bool _,
                        CedarValue.Int _,
                        CedarValue.Str _,
                        CedarValue.Entity _,
                        CedarValue.Set _,
                        dev.tollgate.cedar.Rec _,
                        CedarValue.Decimal _,
                        CedarValue.Ip _,
                        CedarValue.Datetime _,
                        CedarValue.Duration _ -> NOTHING_SAID;
            };
        }

        private RowCondition named(Unknowns.Path path, Comparison comparison, String name) {
            return fact(path)
                    .filter(fact -> fact != Fact.UPDATED)
                    .map(fact -> new RowRule(fact, comparison, RowFacts.typed(object, fact, name)))
                    .map(rule -> new RowCondition(List.of(rule), Set.of(), true))
                    .orElse(NOTHING_SAID);
        }

        private RowCondition oneOf(Unknowns.Path path, CedarValue.Set set) {
            Optional<Fact> fact = fact(path).filter(one -> one != Fact.UPDATED);
            List<Value> values = new ArrayList<>();
            for (CedarValue element : set.elements()) {
                // What is no text is no name of an owner, tenant, region or customer.
                if (element instanceof CedarValue.Str text && fact.isPresent()) {
                    values.add(RowFacts.typed(object, fact.get(), text.value()));
                }
            }
            return fact.map(one -> new RowRule(one, Comparison.IN, new Value.Items(values)))
                    .map(rule -> new RowCondition(List.of(rule), Set.of(), true))
                    .orElse(NOTHING_SAID);
        }

        /// Cedar counts whole milliseconds and systems do not: bounds lie on the edge of a millisecond.
        private static RowCondition since(Residual.Comparator comparator, boolean negated, long millis) {
            return switch (comparator) {
                case GREATER_OR_EQUAL -> updated(negated ? Comparison.LESS : Comparison.AT_LEAST, millis);
                case GREATER -> updated(negated ? Comparison.LESS : Comparison.AT_LEAST, millis + 1);
                case LESS -> updated(negated ? Comparison.AT_LEAST : Comparison.LESS, millis);
                case LESS_OR_EQUAL -> updated(negated ? Comparison.AT_LEAST : Comparison.LESS, millis + 1);
                case EQUAL, ONE_OF, CONTAINS, CONTAINS_ALL, CONTAINS_ANY, IN -> NOTHING_SAID;
            };
        }

        /// An age is a bound on `updated` that moves with the clock. It is pushed as whole days, a little wide, so that
        /// what was decided a moment ago is the same operation still; each row is decided exactly later.
        private RowCondition young(Residual.Comparator comparator, boolean negated, long millis) {
            boolean younger = comparator == Residual.Comparator.LESS || comparator == Residual.Comparator.LESS_OR_EQUAL;
            boolean older =
                    comparator == Residual.Comparator.GREATER || comparator == Residual.Comparator.GREATER_OR_EQUAL;
            boolean bounded = (negated ? older : younger) && millis >= 0 && millis < Long.MAX_VALUE / 2;
            if (!bounded) {
                return NOTHING_SAID;
            }
            timed = true;
            Instant edge = now.minusMillis(millis).truncatedTo(ChronoUnit.DAYS);
            RowRule rule = new RowRule(Fact.UPDATED, Comparison.AT_LEAST, new Value.Moment(edge));
            return new RowCondition(List.of(rule), Set.of(), false);
        }

        private static RowCondition updated(Comparison comparison, long millis) {
            RowRule rule = new RowRule(Fact.UPDATED, comparison, new Value.Moment(Instant.ofEpochMilli(millis)));
            return new RowCondition(List.of(rule), Set.of(), true);
        }

        private static boolean is(Unknowns.Path path, String name) {
            return path.names().equals(List.of("row", name));
        }

        /// The fact behind `context.row.<name>`.
        private static Optional<Fact> fact(Unknowns.Path path) {
            if (is(path, "age")) {
                return Optional.of(Fact.UPDATED);
            }
            for (Fact fact : Fact.values()) {
                if (is(path, fact.word())) {
                    return Optional.of(fact);
                }
            }
            return Optional.empty();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Residual;
import dev.tollgate.cedar.Unknowns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a residual as its documentation says, without the evaluator: what a caller would do that turns it into a
/// query.
final class ResidualReader {
    private final Rec context;
    private final Entities entities;
    private boolean metOpaque;

    ResidualReader(Rec context, Entities entities) {
        this.context = context;
        this.entities = entities;
    }

    boolean metOpaque() {
        return metOpaque;
    }

    /// Whether it holds; empty when it fails.
    Optional<Boolean> holds(Residual residual) {
        return switch (residual) {
            case Residual.Known known -> Optional.of(known.value());
            case Residual.Failing failing -> Optional.empty();
            case Residual.All all -> chain(all.parts(), true);
            case Residual.Any any -> chain(any.parts(), false);
            case Residual.Not not -> holds(not.part()).map(value -> !value);
            case Residual.Choice choice ->
                holds(choice.condition()).flatMap(yes -> holds(yes ? choice.yes() : choice.no()));
            case Residual.Has has -> has(has.path());
            case Residual.Truth truth ->
                value(truth.path()) instanceof CedarValue.Bool bool ? Optional.of(bool.isTrue()) : Optional.empty();
            case Residual.Compare compare -> {
                CedarValue value = value(compare.path());
                yield value == null ? Optional.empty() : compares(value, compare.comparator(), compare.value());
            }
            case Residual.Opaque opaque -> {
                metOpaque = true;
                yield Optional.empty();
            }
        };
    }

    private Optional<Boolean> chain(List<Residual> parts, boolean goesOn) {
        for (Residual part : parts) {
            Optional<Boolean> outcome = holds(part);
            if (outcome.isEmpty() || outcome.get() != goesOn) {
                return outcome;
            }
        }
        return Optional.of(goesOn);
    }

    private Optional<Boolean> has(Unknowns.Path path) {
        List<String> names = path.names();
        CedarValue holder = names.size() == 1 ? context : value(new Unknowns.Path(names.subList(0, names.size() - 1)));
        if (!(holder instanceof Rec) && !(holder instanceof CedarValue.Entity)) {
            return Optional.empty();
        }
        return Optional.of(attribute(holder, names.getLast()) != null);
    }

    private @Nullable CedarValue value(Unknowns.Path path) {
        CedarValue at = context;
        for (String name : path.names()) {
            at = at == null ? null : attribute(at, name);
        }
        return at;
    }

    private @Nullable CedarValue attribute(CedarValue holder, String name) {
        if (holder instanceof CedarValue.Entity entity) {
            Entity found = entities.get(entity.uid());
            return found == null ? null : found.attrs().get(name);
        }
        return holder instanceof Rec record ? record.get(name) : null;
    }

    private Optional<Boolean> compares(CedarValue left, Residual.Comparator comparator, CedarValue right) {
        return switch (comparator) {
            case EQUAL -> Optional.of(left.equals(right));
            case LESS -> order(left, right).map(order -> order < 0);
            case LESS_OR_EQUAL -> order(left, right).map(order -> order <= 0);
            case GREATER -> order(left, right).map(order -> order > 0);
            case GREATER_OR_EQUAL -> order(left, right).map(order -> order >= 0);
            case ONE_OF -> Optional.of(((CedarValue.Set) right).contains(left));
            case CONTAINS -> left instanceof CedarValue.Set set ? Optional.of(set.contains(right)) : Optional.empty();
            case CONTAINS_ALL ->
                left instanceof CedarValue.Set set && right instanceof CedarValue.Set some
                        ? Optional.of(some.elements().stream().allMatch(set::contains))
                        : Optional.empty();
            case CONTAINS_ANY ->
                left instanceof CedarValue.Set set && right instanceof CedarValue.Set some
                        ? Optional.of(some.elements().stream().anyMatch(set::contains))
                        : Optional.empty();
            case IN -> in(left, right);
        };
    }

    private static Optional<Integer> order(CedarValue left, CedarValue right) {
        if (left instanceof CedarValue.Int one && right instanceof CedarValue.Int other) {
            return Optional.of(one.compareTo(other));
        }
        if (left instanceof CedarValue.Datetime one && right instanceof CedarValue.Datetime other) {
            return Optional.of(one.compareTo(other));
        }
        if (left instanceof CedarValue.Duration one && right instanceof CedarValue.Duration other) {
            return Optional.of(one.compareTo(other));
        }
        return left instanceof CedarValue.Decimal one && right instanceof CedarValue.Decimal other
                ? Optional.of(one.compareTo(other))
                : Optional.empty();
    }

    private Optional<Boolean> in(CedarValue left, CedarValue right) {
        List<CedarValue> groups = right instanceof CedarValue.Set set ? set.elements() : List.of(right);
        if (!(left instanceof CedarValue.Entity member)
                || groups.stream().anyMatch(group -> !(group instanceof CedarValue.Entity))) {
            return Optional.empty();
        }
        return Optional.of(groups.stream()
                .anyMatch(group -> entities.isIn(member.uid(), ((CedarValue.Entity) group).uid())));
    }
}

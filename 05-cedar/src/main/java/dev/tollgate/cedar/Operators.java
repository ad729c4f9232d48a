// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Bool;
import dev.tollgate.cedar.CedarValue.Datetime;
import dev.tollgate.cedar.CedarValue.Duration;
import dev.tollgate.cedar.CedarValue.Int;
import dev.tollgate.cedar.CedarValue.Str;
import org.jspecify.annotations.Nullable;

/// What each operator does with evaluated operands; null is a failure whose kind is in the work
/// (https://docs.cedarpolicy.com/policies/syntax-operators.html).
final class Operators {
    private Operators() {}

    static @Nullable CedarValue binary(Expr.BinaryOp op, CedarValue left, CedarValue right, Frame frame) {
        return switch (op) {
            case EQUAL -> Bool.of(left.equals(right));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(op, left, right, frame);
            case ADD, SUBTRACT, MULTIPLY -> arithmetic(op, left, right, frame);
            case IN -> in(left, right, frame);
            case CONTAINS -> contains(left, right, frame);
            case CONTAINS_ALL -> containsAll(left, right, frame);
            case CONTAINS_ANY -> containsAny(left, right, frame);
            case HAS_TAG -> hasTag(left, right, frame);
            case GET_TAG -> getTag(left, right, frame);
        };
    }

    static @Nullable CedarValue unary(Expr.UnaryOp op, CedarValue operand, Work work) {
        return switch (op) {
            case NEGATE -> negate(operand, work);
            case IS_EMPTY ->
                operand instanceof CedarValue.Set set ? Bool.of(set.size() == 0) : work.fail(ErrorKind.TYPE);
        };
    }

    /// Only longs, datetimes and durations have an order, each among its own.
    private static @Nullable CedarValue ordered(Expr.BinaryOp op, CedarValue left, CedarValue right, Work work) {
        int order;
        if (left instanceof Int one && right instanceof Int other) {
            order = Long.compare(one.value(), other.value());
        } else if (left instanceof Datetime one && right instanceof Datetime other) {
            order = one.compareTo(other);
        } else if (left instanceof Duration one && right instanceof Duration other) {
            order = one.compareTo(other);
        } else {
            return work.fail(ErrorKind.TYPE);
        }
        return Bool.of(holds(op, order));
    }

    static boolean holds(Expr.BinaryOp op, int order) {
        return switch (op) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case EQUAL, ADD, SUBTRACT, MULTIPLY, IN, CONTAINS, CONTAINS_ALL, CONTAINS_ANY, HAS_TAG, GET_TAG ->
                throw new IllegalStateException("not an order");
        };
    }

    private static @Nullable CedarValue arithmetic(Expr.BinaryOp op, CedarValue left, CedarValue right, Work work) {
        if (!(left instanceof Int one) || !(right instanceof Int other)) {
            return work.fail(ErrorKind.TYPE);
        }
        long a = one.value();
        long b = other.value();
        if (op == Expr.BinaryOp.ADD) {
            long sum = a + b;
            return ((a ^ sum) & (b ^ sum)) < 0 ? work.fail(ErrorKind.OVERFLOW) : new Int(sum);
        }
        if (op == Expr.BinaryOp.SUBTRACT) {
            long difference = a - b;
            return ((a ^ b) & (a ^ difference)) < 0 ? work.fail(ErrorKind.OVERFLOW) : new Int(difference);
        }
        long product = a * b;
        return Math.multiplyHigh(a, b) == product >> 63 ? new Int(product) : work.fail(ErrorKind.OVERFLOW);
    }

    private static @Nullable CedarValue negate(CedarValue operand, Work work) {
        if (!(operand instanceof Int number)) {
            return work.fail(ErrorKind.TYPE);
        }
        return number.value() == Long.MIN_VALUE ? work.fail(ErrorKind.OVERFLOW) : new Int(-number.value());
    }

    /// All elements on the right are checked to be entities, also after one that would have decided.
    static @Nullable CedarValue in(CedarValue left, CedarValue right, Frame frame) {
        if (!(left instanceof CedarValue.Entity member)) {
            return frame.fail(ErrorKind.TYPE);
        }
        if (right instanceof CedarValue.Entity group) {
            return Bool.of(frame.isIn(member.uid(), group.uid()));
        }
        if (!(right instanceof CedarValue.Set groups)) {
            return frame.fail(ErrorKind.TYPE);
        }
        if (!frame.spend(groups.size())) {
            return frame.fail(ErrorKind.LIMIT);
        }
        boolean found = false;
        for (int at = 0; at < groups.size(); at++) {
            if (!(groups.element(at) instanceof CedarValue.Entity group)) {
                return frame.fail(ErrorKind.TYPE);
            }
            found = found || frame.isIn(member.uid(), group.uid());
        }
        return Bool.of(found);
    }

    private static @Nullable CedarValue contains(CedarValue left, CedarValue right, Work work) {
        return left instanceof CedarValue.Set set ? Bool.of(set.contains(right)) : work.fail(ErrorKind.TYPE);
    }

    private static @Nullable CedarValue containsAll(CedarValue left, CedarValue right, Work work) {
        if (!(left instanceof CedarValue.Set all) || !(right instanceof CedarValue.Set some)) {
            return work.fail(ErrorKind.TYPE);
        }
        if (!work.spend(some.size())) {
            return work.fail(ErrorKind.LIMIT);
        }
        for (int at = 0; at < some.size(); at++) {
            if (!all.contains(some.element(at))) {
                return Bool.FALSE;
            }
        }
        return Bool.TRUE;
    }

    private static @Nullable CedarValue containsAny(CedarValue left, CedarValue right, Work work) {
        if (!(left instanceof CedarValue.Set one) || !(right instanceof CedarValue.Set other)) {
            return work.fail(ErrorKind.TYPE);
        }
        boolean swap = one.size() > other.size();
        CedarValue.Set small = swap ? other : one;
        CedarValue.Set large = swap ? one : other;
        if (!work.spend(small.size())) {
            return work.fail(ErrorKind.LIMIT);
        }
        for (int at = 0; at < small.size(); at++) {
            if (large.contains(small.element(at))) {
                return Bool.TRUE;
            }
        }
        return Bool.FALSE;
    }

    private static @Nullable CedarValue hasTag(CedarValue left, CedarValue right, Frame frame) {
        if (!(left instanceof CedarValue.Entity holder) || !(right instanceof Str key)) {
            return frame.fail(ErrorKind.TYPE);
        }
        Placed placed = frame.find(holder.uid());
        return Bool.of(placed != null && placed.entity().tags().get(key.value()) != null);
    }

    private static @Nullable CedarValue getTag(CedarValue left, CedarValue right, Frame frame) {
        if (!(left instanceof CedarValue.Entity holder) || !(right instanceof Str key)) {
            return frame.fail(ErrorKind.TYPE);
        }
        Placed placed = frame.find(holder.uid());
        if (placed == null) {
            return frame.fail(ErrorKind.NO_ENTITY);
        }
        CedarValue tag = placed.entity().tags().get(key.value());
        return tag == null ? frame.fail(ErrorKind.NO_TAG) : tag;
    }

    /// `e.name` of an entity or a record.
    static @Nullable CedarValue get(CedarValue holder, String name, Frame frame) {
        Rec attributes;
        if (holder instanceof Rec record) {
            attributes = record;
        } else if (holder instanceof CedarValue.Entity entity) {
            Placed placed = frame.find(entity.uid());
            if (placed == null) {
                return frame.fail(ErrorKind.NO_ENTITY);
            }
            attributes = placed.entity().attrs();
        } else {
            return frame.fail(ErrorKind.TYPE);
        }
        CedarValue value = attributes.get(name);
        return value == null ? frame.fail(ErrorKind.NO_ATTRIBUTE) : value;
    }

    /// `e has name` of an entity or a record; an entity that is not in the store has nothing.
    static @Nullable CedarValue has(CedarValue holder, String name, Frame frame) {
        if (holder instanceof Rec record) {
            return Bool.of(record.get(name) != null);
        }
        if (holder instanceof CedarValue.Entity entity) {
            Placed placed = frame.find(entity.uid());
            return Bool.of(placed != null && placed.entity().attrs().get(name) != null);
        }
        return frame.fail(ErrorKind.TYPE);
    }

    static @Nullable CedarValue like(CedarValue subject, Wildcards pattern, Work work) {
        if (!(subject instanceof Str text)) {
            return work.fail(ErrorKind.TYPE);
        }
        return work.spend(pattern.cost(text.value()))
                ? Bool.of(pattern.matches(text.value()))
                : work.fail(ErrorKind.LIMIT);
    }

    static @Nullable CedarValue is(CedarValue subject, String type, Work work) {
        return subject instanceof CedarValue.Entity entity
                ? Bool.of(entity.uid().type().equals(type))
                : work.fail(ErrorKind.TYPE);
    }
}

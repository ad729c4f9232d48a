// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Int;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The compiled forms of everything that is not a boolean connective. What policies ask most (attributes of the four
/// variables, comparison with a constant) has a form of its own; the rest goes through `Operators`.
final class Nodes {
    private Nodes() {}

    /// Computes from one operand that evaluated.
    @FunctionalInterface
    interface Step {
        @Nullable
        CedarValue apply(CedarValue operand, Frame frame);
    }

    /// A variable.
    static final class Variable extends Node {
        final Expr.Name name;

        Variable(Expr.Name name) {
            this.name = name;
        }

        @Override
        CedarValue eval(Frame frame) {
            return switch (name) {
                case PRINCIPAL -> frame.principal;
                case ACTION -> frame.action;
                case RESOURCE -> frame.resource;
                case CONTEXT -> frame.context;
            };
        }
    }

    /// Any operator of one operand.
    static final class One extends Node {
        private final Node operand;
        private final Step step;

        One(Node operand, Step step) {
            this.operand = operand;
            this.step = step;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            CedarValue value = operand.eval(frame);
            return value == null ? null : step.apply(value, frame);
        }
    }

    /// Any operator of two operands.
    static final class Two extends Node {
        private final Expr.BinaryOp op;
        private final Node left;
        private final Node right;

        Two(Expr.BinaryOp op, Node left, Node right) {
            this.op = op;
            this.left = left;
            this.right = right;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            CedarValue one = left.eval(frame);
            CedarValue other = one == null ? null : right.eval(frame);
            return one == null || other == null ? null : Operators.binary(op, one, other, frame);
        }
    }

    /// `context.name`.
    static final class ContextGet extends Node {
        private final String name;

        ContextGet(String name) {
            this.name = name;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            CedarValue value = frame.context.get(name);
            return value == null ? frame.fail(ErrorKind.NO_ATTRIBUTE) : value;
        }
    }

    /// `context has name`.
    static final class ContextHas extends Node.Test {
        private final String name;

        ContextHas(String name) {
            this.name = name;
        }

        @Override
        int test(Frame frame) {
            return frame.context.get(name) == null ? NO : YES;
        }
    }

    /// `principal.name` and `resource.name`.
    static final class PlacedGet extends Node {
        private final boolean ofPrincipal;
        private final String name;

        PlacedGet(boolean ofPrincipal, String name) {
            this.ofPrincipal = ofPrincipal;
            this.name = name;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            Placed placed = ofPrincipal ? frame.principalPlaced : frame.resourcePlaced;
            if (placed == null) {
                return frame.fail(ErrorKind.NO_ENTITY);
            }
            CedarValue value = placed.entity().attrs().get(name);
            return value == null ? frame.fail(ErrorKind.NO_ATTRIBUTE) : value;
        }
    }

    /// `==` with a constant.
    static final class EqualConstant extends Node.Test {
        private final Node operand;
        private final CedarValue constant;

        EqualConstant(Node operand, CedarValue constant) {
            this.operand = operand;
            this.constant = constant;
        }

        @Override
        int test(Frame frame) {
            CedarValue value = operand.eval(frame);
            return value == null ? FAILED : constant.equals(value) ? YES : NO;
        }
    }

    /// `==`.
    static final class Equal extends Node.Test {
        private final Node left;
        private final Node right;

        Equal(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        int test(Frame frame) {
            CedarValue one = left.eval(frame);
            CedarValue other = one == null ? null : right.eval(frame);
            return one == null || other == null ? FAILED : one.equals(other) ? YES : NO;
        }
    }

    /// `in` with a constant entity.
    static final class InConstant extends Node.Test {
        private final Node operand;
        private final EntityUid group;

        InConstant(Node operand, EntityUid group) {
            this.operand = operand;
            this.group = group;
        }

        @Override
        int test(Frame frame) {
            CedarValue value = operand.eval(frame);
            if (value instanceof CedarValue.Entity member) {
                return frame.isIn(member.uid(), group) ? YES : NO;
            }
            if (value != null) {
                frame.fail(ErrorKind.TYPE);
            }
            return FAILED;
        }
    }

    /// `<`, `<=`, `>` and `>=` with a constant long.
    static final class OrderConstant extends Node.Test {
        private final Node operand;
        private final Expr.BinaryOp op;
        private final long constant;

        OrderConstant(Node operand, Expr.BinaryOp op, long constant) {
            this.operand = operand;
            this.op = op;
            this.constant = constant;
        }

        @Override
        int test(Frame frame) {
            CedarValue value = operand.eval(frame);
            if (value instanceof Int number) {
                return Operators.holds(op, Long.compare(number.value(), constant)) ? YES : NO;
            }
            if (value != null) {
                frame.fail(ErrorKind.TYPE);
            }
            return FAILED;
        }
    }

    /// A set literal.
    static final class SetOf extends Node {
        private final Node[] elements;

        SetOf(Node[] elements) {
            this.elements = elements;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            List<CedarValue> values = all(elements, frame);
            return values == null ? null : CedarValue.Set.of(values);
        }
    }

    /// A record literal.
    static final class RecordOf extends Node {
        private final String[] names;
        private final Node[] attributes;

        RecordOf(String[] names, Node[] attributes) {
            this.names = names;
            this.attributes = attributes;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            List<CedarValue> values = all(attributes, frame);
            if (values == null) {
                return null;
            }
            TreeMap<String, CedarValue> record = new TreeMap<>();
            for (int at = 0; at < names.length; at++) {
                record.put(names[at], values.get(at));
            }
            return Rec.of(record);
        }
    }

    /// A call of an extension function.
    static final class Call extends Node {
        private final Extension function;
        private final Node[] arguments;

        Call(Extension function, Node[] arguments) {
            this.function = function;
            this.arguments = arguments;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            List<CedarValue> values = all(arguments, frame);
            return values == null ? null : Extensions.call(function, values, frame);
        }
    }

    /// All values, or null when one failed or would make the result too deep.
    private static @Nullable List<CedarValue> all(Node[] nodes, Frame frame) {
        CedarValue[] values = new CedarValue[nodes.length];
        for (int at = 0; at < nodes.length; at++) {
            CedarValue value = nodes[at].eval(frame);
            if (value == null) {
                return null;
            }
            if (value.depth() >= CedarValue.DEPTH_MAX - 1) {
                frame.fail(ErrorKind.LIMIT);
                return null;
            }
            values[at] = value;
        }
        return new ArrayList<>(Arrays.asList(values));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Int;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns expressions into nodes. An expression of constants is evaluated here, once; one that always fails becomes a
/// failure in its place, because it may stand where evaluation never gets to.
final class Closures {
    /// A frame for constants: they read neither request nor store.
    private final Frame nowhere;

    Closures(Frame nowhere) {
        this.nowhere = nowhere;
    }

    Node node(Expr expr) {
        return switch (expr) {
            case Expr.Lit lit -> new Node.Constant(lit.value());
            case Expr.Fail fail -> new Node.Failure(fail.kind());
            case Expr.Var variable -> new Nodes.Variable(variable.name());
            case Expr.And and -> new Node.And(nodes(and.operands()));
            case Expr.Or or -> new Node.Or(nodes(or.operands()));
            case Expr.Not not -> {
                Node operand = node(not.operand());
                yield folded(new Node.Not(operand), operand);
            }
            case Expr.If when -> new Node.If(node(when.condition()), node(when.yes()), node(when.no()));
            case Expr.Unary unary -> one(unary.operand(), (value, frame) -> Operators.unary(unary.op(), value, frame));
            case Expr.Binary binary -> binary(binary);
            case Expr.Like like -> one(like.operand(), (value, frame) -> Operators.like(value, like.pattern(), frame));
            case Expr.Is is -> one(is.operand(), (value, frame) -> Operators.is(value, is.type(), frame));
            case Expr.Get get -> get(get);
            case Expr.Has has -> has(has);
            case Expr.SetOf set -> {
                Node[] elements = nodes(set.elements());
                yield folded(new Nodes.SetOf(elements), elements);
            }
            case Expr.RecordOf record -> {
                Node[] attributes = nodes(List.copyOf(record.attributes().values()));
                String[] names = record.attributes().keySet().toArray(new String[0]);
                yield folded(new Nodes.RecordOf(names, attributes), attributes);
            }
            case Expr.Call call -> {
                Node[] arguments = nodes(call.arguments());
                yield folded(new Nodes.Call(call.function(), arguments), arguments);
            }
        };
    }

    private Node one(Expr expr, Nodes.Step step) {
        Node operand = node(expr);
        return folded(new Nodes.One(operand, step), operand);
    }

    private Node[] nodes(List<Expr> exprs) {
        return exprs.stream().map(this::node).toArray(Node[]::new);
    }

    private Node binary(Expr.Binary binary) {
        Node left = node(binary.left());
        Node right = node(binary.right());
        return switch (binary.op()) {
            case EQUAL -> folded(equal(left, right), left, right);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                folded(
                        right instanceof Node.Constant known && known.value instanceof Int number
                                ? new Nodes.OrderConstant(left, binary.op(), number.value())
                                : new Nodes.Two(binary.op(), left, right),
                        left,
                        right);
            case ADD, SUBTRACT, MULTIPLY, CONTAINS, CONTAINS_ALL, CONTAINS_ANY ->
                folded(new Nodes.Two(binary.op(), left, right), left, right);
            // operators that ask the store: constants are not enough to know the answer
            case IN ->
                right instanceof Node.Constant known && known.value instanceof CedarValue.Entity group
                        ? new Nodes.InConstant(left, group.uid())
                        : new Nodes.Two(binary.op(), left, right);
            case HAS_TAG, GET_TAG -> new Nodes.Two(binary.op(), left, right);
        };
    }

    private static Node equal(Node left, Node right) {
        if (right instanceof Node.Constant known) {
            return new Nodes.EqualConstant(left, known.value);
        }
        return left instanceof Node.Constant known
                ? new Nodes.EqualConstant(right, known.value)
                : new Nodes.Equal(left, right);
    }

    private Node get(Expr.Get get) {
        String name = get.name();
        if (get.operand() instanceof Expr.Var variable) {
            switch (variable.name()) {
                case CONTEXT -> {
                    return new Nodes.ContextGet(name);
                }
                case PRINCIPAL -> {
                    return new Nodes.PlacedGet(true, name);
                }
                case RESOURCE -> {
                    return new Nodes.PlacedGet(false, name);
                }
                case ACTION -> {}
            }
        }
        return new Nodes.One(node(get.operand()), (value, frame) -> Operators.get(value, name, frame));
    }

    private Node has(Expr.Has has) {
        String name = has.name();
        if (has.operand() instanceof Expr.Var variable && variable.name() == Expr.Name.CONTEXT) {
            return new Nodes.ContextHas(name);
        }
        return new Nodes.One(node(has.operand()), (value, frame) -> Operators.has(value, name, frame));
    }

    /// The value of `node` in its place when all its operands are constants.
    private Node folded(Node node, Node... operands) {
        for (Node operand : operands) {
            if (!(operand instanceof Node.Constant)) {
                return node;
            }
        }
        return evaluated(node);
    }

    private Node evaluated(Node node) {
        @Nullable CedarValue value = node.eval(nowhere);
        return value == null ? new Node.Failure(nowhere.fault()) : new Node.Constant(value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Bool;
import dev.tollgate.cedar.Residual.Comparator;
import dev.tollgate.cedar.Unknowns.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes remaining expressions as residuals.
final class Residuals {
    private Residuals() {}

    static Residual of(Expr expr) {
        return switch (expr) {
            case Expr.Lit lit ->
                lit.value() instanceof Bool bool
                        ? new Residual.Known(bool.isTrue())
                        : new Residual.Failing(ErrorKind.TYPE);
            case Expr.Fail fail -> new Residual.Failing(fail.kind());
            case Expr.And and -> new Residual.All(all(and.operands()));
            case Expr.Or or -> new Residual.Any(all(or.operands()));
            case Expr.Not not -> new Residual.Not(of(not.operand()));
            case Expr.If when -> new Residual.Choice(of(when.condition()), of(when.yes()), of(when.no()));
            case Expr.Get get -> {
                Path path = path(get);
                yield path == null ? opaque(expr) : new Residual.Truth(path);
            }
            case Expr.Has has -> {
                Path path = path(new Expr.Get(has.operand(), has.name()));
                yield path == null ? opaque(expr) : new Residual.Has(path);
            }
            case Expr.Binary binary -> binary(binary);
            case Expr.Call call -> call(call);
            case Expr.Var any -> opaque(expr);
            case Expr.Unary any -> opaque(expr);
            case Expr.Like any -> opaque(expr);
            case Expr.Is any -> opaque(expr);
            case Expr.SetOf any -> opaque(expr);
            case Expr.RecordOf any -> opaque(expr);
        };
    }

    private static List<Residual> all(List<Expr> exprs) {
        return exprs.stream().map(Residuals::of).toList();
    }

    private static Residual binary(Expr.Binary binary) {
        Path left = path(binary.left());
        Path right = path(binary.right());
        if (left != null && binary.right() instanceof Expr.Lit lit) {
            Comparator comparator = unknownFirst(binary.op());
            return comparator == null || !ordinary(comparator, lit.value())
                    ? opaque(binary)
                    : new Residual.Compare(left, comparator, lit.value());
        }
        if (right != null && binary.left() instanceof Expr.Lit lit) {
            Comparator comparator = valueFirst(binary.op());
            return comparator == null || !ordinary(comparator, lit.value())
                    ? opaque(binary)
                    : new Residual.Compare(right, comparator, lit.value());
        }
        return opaque(binary);
    }

    /// `<` does not order decimals, though the comparator of that name does.
    private static boolean ordinary(Comparator comparator, CedarValue value) {
        return switch (comparator) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> !(value instanceof CedarValue.Decimal);
            case ONE_OF -> value instanceof CedarValue.Set;
            case EQUAL, CONTAINS, CONTAINS_ALL, CONTAINS_ANY, IN -> true;
        };
    }

    private static @Nullable Comparator unknownFirst(Expr.BinaryOp op) {
        return switch (op) {
            case EQUAL -> Comparator.EQUAL;
            case LESS -> Comparator.LESS;
            case LESS_OR_EQUAL -> Comparator.LESS_OR_EQUAL;
            case GREATER -> Comparator.GREATER;
            case GREATER_OR_EQUAL -> Comparator.GREATER_OR_EQUAL;
            case IN -> Comparator.IN;
            case CONTAINS -> Comparator.CONTAINS;
            case CONTAINS_ALL -> Comparator.CONTAINS_ALL;
            case CONTAINS_ANY -> Comparator.CONTAINS_ANY;
            case ADD, SUBTRACT, MULTIPLY, HAS_TAG, GET_TAG -> null;
        };
    }

    private static @Nullable Comparator valueFirst(Expr.BinaryOp op) {
        return switch (op) {
            case EQUAL -> Comparator.EQUAL;
            case LESS -> Comparator.GREATER;
            case LESS_OR_EQUAL -> Comparator.GREATER_OR_EQUAL;
            case GREATER -> Comparator.LESS;
            case GREATER_OR_EQUAL -> Comparator.LESS_OR_EQUAL;
            case CONTAINS -> Comparator.ONE_OF;
            case CONTAINS_ANY -> Comparator.CONTAINS_ANY;
            case IN, CONTAINS_ALL, ADD, SUBTRACT, MULTIPLY, HAS_TAG, GET_TAG -> null;
        };
    }

    private static Residual call(Expr.Call call) {
        Comparator comparator = switch (call.function()) {
            case LESS_THAN -> Comparator.LESS;
            case LESS_THAN_OR_EQUAL -> Comparator.LESS_OR_EQUAL;
            case GREATER_THAN -> Comparator.GREATER;
            case GREATER_THAN_OR_EQUAL -> Comparator.GREATER_OR_EQUAL;
            default -> null;
        };
        Path path = call.arguments().size() == 2 ? path(call.arguments().getFirst()) : null;
        if (comparator != null
                && path != null
                && call.arguments().getLast() instanceof Expr.Lit lit
                && lit.value() instanceof CedarValue.Decimal decimal) {
            return new Residual.Compare(path, comparator, decimal);
        }
        return opaque(call);
    }

    private static Residual opaque(Expr expr) {
        Set<Path> paths = new HashSet<>();
        collect(expr, paths);
        return new Residual.Opaque(paths);
    }

    private static void collect(Expr expr, Set<Path> into) {
        switch (expr) {
            case Expr.Lit lit -> {}
            case Expr.Fail fail -> {}
            case Expr.Var variable -> {}
            case Expr.And and -> and.operands().forEach(operand -> collect(operand, into));
            case Expr.Or or -> or.operands().forEach(operand -> collect(operand, into));
            case Expr.Not not -> collect(not.operand(), into);
            case Expr.If when ->
                List.of(when.condition(), when.yes(), when.no()).forEach(one -> collect(one, into));
            case Expr.Unary unary -> collect(unary.operand(), into);
            case Expr.Binary binary -> List.of(binary.left(), binary.right()).forEach(one -> collect(one, into));
            case Expr.Like like -> collect(like.operand(), into);
            case Expr.Is is -> collect(is.operand(), into);
            case Expr.Get get -> collectPath(get, get.operand(), into);
            case Expr.Has has -> collectPath(new Expr.Get(has.operand(), has.name()), has.operand(), into);
            case Expr.SetOf set -> set.elements().forEach(one -> collect(one, into));
            case Expr.RecordOf record -> record.attributes().values().forEach(one -> collect(one, into));
            case Expr.Call call -> call.arguments().forEach(one -> collect(one, into));
        }
    }

    private static void collectPath(Expr.Get get, Expr below, Set<Path> into) {
        Path path = path(get);
        if (path == null) {
            collect(below, into);
        } else {
            into.add(path);
        }
    }

    /// The path of a chain of attributes of the context; null for everything else.
    static @Nullable Path path(Expr expr) {
        ArrayDeque<String> names = new ArrayDeque<>();
        Expr at = expr;
        while (at instanceof Expr.Get get) {
            names.addFirst(get.name());
            at = get.operand();
        }
        boolean ofContext = at instanceof Expr.Var variable && variable.name() == Expr.Name.CONTEXT;
        return ofContext && !names.isEmpty() ? new Path(List.copyOf(names)) : null;
    }
}

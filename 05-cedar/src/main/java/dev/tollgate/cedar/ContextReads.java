// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.HashSet;
import java.util.Set;

/// Finds out which attributes of the context an expression reads, so that partial evaluation leaves alone the policies
/// that no unknown can reach.
final class ContextReads {
    private final Set<String> roots = new HashSet<>();
    private boolean whole;

    private ContextReads() {}

    static Rule.Reads of(Expr expr) {
        ContextReads reads = new ContextReads();
        reads.visit(expr);
        return new Rule.Reads(reads.whole, Set.copyOf(reads.roots));
    }

    private void visit(Expr expr) {
        switch (expr) {
            case Expr.Lit constant -> {}
            case Expr.Fail failure -> {}
            case Expr.Var variable -> whole = whole || variable.name() == Expr.Name.CONTEXT;
            case Expr.And and -> and.operands().forEach(this::visit);
            case Expr.Or or -> or.operands().forEach(this::visit);
            case Expr.Not not -> visit(not.operand());
            case Expr.If when -> {
                visit(when.condition());
                visit(when.yes());
                visit(when.no());
            }
            case Expr.Unary unary -> visit(unary.operand());
            case Expr.Binary binary -> {
                visit(binary.left());
                visit(binary.right());
            }
            case Expr.Like like -> visit(like.operand());
            case Expr.Is is -> visit(is.operand());
            case Expr.Get get -> access(get.operand(), get.name());
            case Expr.Has has -> access(has.operand(), has.name());
            case Expr.SetOf set -> set.elements().forEach(this::visit);
            case Expr.RecordOf record -> record.attributes().values().forEach(this::visit);
            case Expr.Call call -> call.arguments().forEach(this::visit);
        }
    }

    private void access(Expr holder, String name) {
        if (holder instanceof Expr.Var variable && variable.name() == Expr.Name.CONTEXT) {
            roots.add(name);
        } else {
            visit(holder);
        }
    }
}

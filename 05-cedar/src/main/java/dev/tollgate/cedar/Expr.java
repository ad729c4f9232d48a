// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.List;
import java.util.SortedMap;

/// An expression of a policy's conditions, as the official parser saw it, with its sugar removed: `!=` is a negated
/// `==`, a `has` path is a conjunction, `is T in x` is two tests, chains of `&&` and `||` are flat.
sealed interface Expr {
    /// A constant.
    record Lit(CedarValue value) implements Expr {}

    /// Fails whenever it is evaluated, for example `ip("x")`.
    record Fail(ErrorKind kind) implements Expr {}

    /// `principal`, `action`, `resource` or `context`.
    record Var(Name name) implements Expr {}

    /// `&&` over two or more operands.
    record And(List<Expr> operands) implements Expr {}

    /// `||` over two or more operands.
    record Or(List<Expr> operands) implements Expr {}

    /// `!`.
    record Not(Expr operand) implements Expr {}

    /// `if then else`.
    record If(Expr condition, Expr yes, Expr no) implements Expr {}

    /// An operator of one operand that is neither a boolean connective nor an access.
    record Unary(UnaryOp op, Expr operand) implements Expr {}

    /// An operator of two operands, both always evaluated.
    record Binary(BinaryOp op, Expr left, Expr right) implements Expr {}

    /// `like`.
    record Like(Expr operand, Wildcards pattern) implements Expr {}

    /// `is`.
    record Is(Expr operand, String type) implements Expr {}

    /// `e.name`.
    record Get(Expr operand, String name) implements Expr {}

    /// `e has name`.
    record Has(Expr operand, String name) implements Expr {}

    /// A set literal.
    record SetOf(List<Expr> elements) implements Expr {}

    /// A record literal.
    record RecordOf(SortedMap<String, Expr> attributes) implements Expr {}

    /// A call of an extension function or method, with whatever number of arguments it was written.
    record Call(Extension function, List<Expr> arguments) implements Expr {}

    /// The four variables.
    enum Name {
        PRINCIPAL,
        ACTION,
        RESOURCE,
        CONTEXT
    }

    /// Operators of one operand.
    enum UnaryOp {
        NEGATE,
        IS_EMPTY
    }

    /// Operators of two operands.
    enum BinaryOp {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        ADD,
        SUBTRACT,
        MULTIPLY,
        IN,
        CONTAINS,
        CONTAINS_ALL,
        CONTAINS_ANY,
        HAS_TAG,
        GET_TAG
    }
}

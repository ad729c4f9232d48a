// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

/// Why the evaluation of a policy failed. Kinds only: what was compared with what is customers' data.
public enum ErrorKind {
    /// An operand has a type that the operator does not take.
    TYPE,
    /// An attribute or tag was read from an entity that is not in the store.
    NO_ENTITY,
    /// The entity or record has no such attribute.
    NO_ATTRIBUTE,
    /// The entity has no such tag.
    NO_TAG,
    /// The result does not fit into 64 bits.
    OVERFLOW,
    /// A text is not a decimal, ipaddr, datetime or duration.
    NOT_A_LITERAL,
    /// An extension function was called with the wrong number of arguments.
    ARITY,
    /// The data is too large or too deep to be evaluated within the limits of this evaluator.
    LIMIT
}

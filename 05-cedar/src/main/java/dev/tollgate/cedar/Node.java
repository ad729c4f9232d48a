// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Bool;
import org.jspecify.annotations.Nullable;

/// A compiled expression: a closure over its operands, constants and names.
abstract class Node {
    static final int NO = 0;
    static final int YES = 1;
    static final int FAILED = -1;

    /// The value, or null when the evaluation failed; then the frame knows why.
    abstract @Nullable CedarValue eval(Frame frame);

    /// The value where a boolean is required: `YES`, `NO`, or `FAILED`.
    int test(Frame frame) {
        CedarValue value = eval(frame);
        if (value == Bool.TRUE) {
            return YES;
        }
        if (value == Bool.FALSE) {
            return NO;
        }
        if (value != null) {
            frame.fail(ErrorKind.TYPE);
        }
        return FAILED;
    }

    /// A node whose value is always a boolean.
    abstract static class Test extends Node {
        @Override
        abstract int test(Frame frame);

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            int result = test(frame);
            return result == FAILED ? null : result == YES ? Bool.TRUE : Bool.FALSE;
        }
    }

    /// A constant.
    static final class Constant extends Node {
        final CedarValue value;

        Constant(CedarValue value) {
            this.value = value;
        }

        @Override
        CedarValue eval(Frame frame) {
            return value;
        }
    }

    /// A failure that is certain.
    static final class Failure extends Node {
        private final ErrorKind kind;

        Failure(ErrorKind kind) {
            this.kind = kind;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            return frame.fail(kind);
        }
    }

    /// `&&` over all operands, left to right, up to the first that is not true.
    static final class And extends Test {
        private final Node[] operands;

        And(Node[] operands) {
            this.operands = operands;
        }

        @Override
        int test(Frame frame) {
            for (Node operand : operands) {
                int result = operand.test(frame);
                if (result != YES) {
                    return result;
                }
            }
            return YES;
        }
    }

    /// `||` over all operands, left to right, up to the first that is not false.
    static final class Or extends Test {
        private final Node[] operands;

        Or(Node[] operands) {
            this.operands = operands;
        }

        @Override
        int test(Frame frame) {
            for (Node operand : operands) {
                int result = operand.test(frame);
                if (result != NO) {
                    return result;
                }
            }
            return NO;
        }
    }

    /// `!`.
    static final class Not extends Test {
        private final Node operand;

        Not(Node operand) {
            this.operand = operand;
        }

        @Override
        int test(Frame frame) {
            int result = operand.test(frame);
            return result == FAILED ? FAILED : YES - result;
        }
    }

    /// `if then else`; the branch that is not taken is not evaluated.
    static final class If extends Node {
        private final Node condition;
        private final Node yes;
        private final Node no;

        If(Node condition, Node yes, Node no) {
            this.condition = condition;
            this.yes = yes;
            this.no = no;
        }

        @Override
        @Nullable
        CedarValue eval(Frame frame) {
            int result = condition.test(frame);
            return result == FAILED ? null : result == YES ? yes.eval(frame) : no.eval(frame);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Bool;
import dev.tollgate.cedar.Unknowns.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which outcomes a remaining condition can have: a set of bits. Never leaves out one that is possible.
final class Outcomes {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int FAILED = 4;
    private static final int EITHER = TRUE | FALSE;
    private static final int ALL = EITHER | FAILED;

    private final PartialEvaluator places;

    Outcomes(PartialEvaluator places) {
        this.places = places;
    }

    int of(Expr expr) {
        return switch (expr) {
            case Expr.Lit lit -> lit.value() == Bool.TRUE ? TRUE : lit.value() == Bool.FALSE ? FALSE : FAILED;
            case Expr.Fail fail -> FAILED;
            case Expr.And and -> chain(and.operands(), TRUE, FALSE);
            case Expr.Or or -> chain(or.operands(), FALSE, TRUE);
            case Expr.Not not -> {
                int inner = of(not.operand());
                yield (inner & FAILED) | ((inner & TRUE) != 0 ? FALSE : 0) | ((inner & FALSE) != 0 ? TRUE : 0);
            }
            case Expr.If when -> {
                int condition = of(when.condition());
                yield (condition & FAILED)
                        | ((condition & TRUE) != 0 ? of(when.yes()) : 0)
                        | ((condition & FALSE) != 0 ? of(when.no()) : 0);
            }
            case Expr.Get get -> truth(places.promise(get));
            case Expr.Has has -> places.isRecord(has.operand()) ? EITHER : ALL;
            case Expr.Binary binary -> binary(binary);
            case Expr.Is is -> places.promise(is.operand()) == Promise.ENTITY ? EITHER : ALL;
            case Expr.Call call -> call(call);
            case Expr.Unary unary ->
                unary.op() == Expr.UnaryOp.IS_EMPTY && places.promise(unary.operand()) == Promise.SET ? EITHER : ALL;
            case Expr.Like like -> ALL;
            case Expr.Var variable -> FAILED;
            case Expr.SetOf set -> FAILED;
            case Expr.RecordOf record -> FAILED;
        };
    }

    /// `&&` goes on while operands are true and ends with false; `||` the other way round.
    private int chain(List<Expr> operands, int goesOn, int ends) {
        int outcomes = 0;
        for (Expr operand : operands) {
            int one = of(operand);
            outcomes |= one & (FAILED | ends);
            if ((one & goesOn) == 0) {
                return outcomes;
            }
        }
        return outcomes | goesOn;
    }

    private static int truth(@Nullable Promise promise) {
        if (promise == null || promise == Promise.NOTHING || promise == Promise.PRESENT) {
            return ALL;
        }
        return promise == Promise.BOOL ? EITHER : FAILED;
    }

    private int binary(Expr.Binary binary) {
        Expr left = binary.left();
        Expr right = binary.right();
        return switch (binary.op()) {
            case EQUAL -> certain(left) && certain(right) ? EITHER : ALL;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(left, right);
            case CONTAINS -> isSet(left) && certain(right) ? EITHER : ALL;
            case CONTAINS_ALL, CONTAINS_ANY -> isSet(left) && isSet(right) ? EITHER : ALL;
            case IN ->
                places.promise(left) == Promise.ENTITY
                                && right instanceof Expr.Lit lit
                                && lit.value() instanceof CedarValue.Entity
                        ? EITHER
                        : ALL;
            case HAS_TAG, GET_TAG -> ALL;
            case ADD, SUBTRACT, MULTIPLY -> FAILED;
        };
    }

    private int ordered(Expr left, Expr right) {
        Promise one = kind(left);
        boolean order = one == Promise.LONG || one == Promise.DATETIME || one == Promise.DURATION;
        return order && one == kind(right) ? EITHER : ALL;
    }

    private int call(Expr.Call call) {
        return switch (call.function()) {
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                call.arguments().size() == 2 && call.arguments().stream().allMatch(one -> kind(one) == Promise.DECIMAL)
                        ? EITHER
                        : ALL;
            case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST, IS_IN_RANGE -> ALL;
            case DECIMAL, IP, DATETIME, DURATION, OFFSET, DURATION_SINCE, TO_DATE, TO_TIME -> FAILED;
            case TO_MILLISECONDS, TO_SECONDS, TO_MINUTES, TO_HOURS, TO_DAYS -> FAILED;
        };
    }

    /// Whether evaluating it gives some value, whatever the unknowns are.
    private boolean certain(Expr expr) {
        Promise promise = places.promise(expr);
        return expr instanceof Expr.Lit || (promise != null && promise != Promise.NOTHING);
    }

    private boolean isSet(Expr expr) {
        return kind(expr) == Promise.SET;
    }

    private @Nullable Promise kind(Expr expr) {
        if (!(expr instanceof Expr.Lit lit)) {
            return places.promise(expr);
        }
        return switch (lit.value()) {
            case CedarValue.Int number -> Promise.LONG;
            case CedarValue.Datetime when -> Promise.DATETIME;
            case CedarValue.Duration duration -> Promise.DURATION;
            case CedarValue.Decimal decimal -> Promise.DECIMAL;
            case CedarValue.Set set -> Promise.SET;
            case CedarValue.Entity entity -> Promise.ENTITY;
            case Bool bool -> Promise.BOOL;
            case CedarValue.Str text -> null;
            case CedarValue.Ip ip -> null;
            case Rec record -> null;
        };
    }
}

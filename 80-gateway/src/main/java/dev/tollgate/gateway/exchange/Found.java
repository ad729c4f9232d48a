// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import java.util.function.Function;

/// What was looked for, or why there is no token. Closed.
sealed interface Found<T> {
    /// It is there.
    record Yes<T>(T it) implements Found<T> {}

    /// There is none.
    ///
    /// @param why    one fixed sentence for the one who asked
    /// @param detail a closed word for the log
    record No<T>(TokenAnswer.Code error, String why, String detail) implements Found<T> {}

    static <T> Found<T> yes(T it) {
        return new Yes<>(it);
    }

    static <T> Found<T> no(TokenAnswer.Code error, String why, String detail) {
        return new No<>(error, why, detail);
    }

    default <R> Found<R> then(Function<T, Found<R>> next) {
        return switch (this) {
            case Yes<T> yes -> next.apply(yes.it());
            case No<T> no -> no(no.error(), no.why(), no.detail());
        };
    }
}

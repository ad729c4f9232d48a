// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.function.Function;

/// The outcome of one stage: a state that the next stage takes, or a refusal after which no stage runs.
public sealed interface Step<T> {
    /// The stage let the request pass.
    record Passed<T>(T state) implements Step<T> {}

    /// The stage refused it.
    record Refused<T>(Refusal why) implements Step<T> {}

    /// A passed step.
    static <T> Step<T> pass(T state) {
        return new Passed<>(state);
    }

    /// A refused step.
    static <T> Step<T> refuse(Refusal why) {
        return new Refused<>(why);
    }

    /// The next stage, unless a stage before refused.
    default <R> Step<R> then(Function<? super T, Step<R>> next) {
        return switch (this) {
            case Passed<T> passed -> next.apply(passed.state());
            case Refused<T> refused -> new Refused<>(refused.why());
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.containment.LoopTrail.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// When a row of calls is a loop. Simple on purpose: an operator must be able to say why.
final class LoopPatterns {
    /// Calls of one round: a longer circle is work.
    private static final int ROUND_CALLS_MAX = 4;

    /// Refusals of one tool in a row, whatever is asked of it, as a multiple of those of a similar call.
    private static final int ANY_REFUSED = 3;

    private LoopPatterns() {}

    /// A loop that the next call would go on with.
    ///
    /// @param pattern a closed word
    /// @param times   calls that make it, with the next one
    /// @param since   when the oldest of them came
    record Found(String pattern, int times, Instant since) {}

    /// @param past calls that count, oldest first
    static Optional<Found> find(List<Trace> past, CallShape next, LoopLimits limits) {
        return refused(past, next, limits)
                .or(() -> repeated("same-call", past, one -> one.shape().exact().equals(next.exact()), limits.same()))
                .or(() -> rounds(past, next, limits.rounds()))
                .or(() -> repeated(
                        "similar-calls", past, one -> one.shape().alike().equals(next.alike()), limits.similar()));
    }

    private static Optional<Found> repeated(String pattern, List<Trace> past, Predicate<Trace> like, int limit) {
        List<Trace> found = past.stream().filter(like).toList();
        return found.size() + 1 >= limit
                ? Optional.of(
                        new Found(pattern, found.size() + 1, found.getFirst().at()))
                : Optional.empty();
    }

    /// Tried again after it was refused, with other words or with other arguments.
    private static Optional<Found> refused(List<Trace> past, CallShape next, LoopLimits limits) {
        List<Trace> alike = past.stream()
                .filter(one -> one.refused() && one.shape().alike().equals(next.alike()))
                .toList();
        if (alike.size() >= limits.refused()) {
            return Optional.of(new Found(
                    "refused-again", alike.size() + 1, alike.getFirst().at()));
        }
        List<Trace> row = new ArrayList<>();
        for (Trace one : past.reversed()) {
            if (!one.refused() || !one.shape().tool().equals(next.tool())) {
                break;
            }
            row.add(one);
        }
        return row.size() >= ANY_REFUSED * limits.refused()
                ? Optional.of(
                        new Found("refused-again", row.size() + 1, row.getLast().at()))
                : Optional.empty();
    }

    private static Optional<Found> rounds(List<Trace> past, CallShape next, int rounds) {
        List<String> calls =
                new ArrayList<>(past.stream().map(one -> one.shape().exact()).toList());
        calls.add(next.exact());
        for (int period = 2; period <= ROUND_CALLS_MAX; period++) {
            int length = period * rounds;
            if (calls.size() >= length && circles(calls.subList(calls.size() - length, calls.size()), period)) {
                return Optional.of(new Found(
                        "alternation", length, past.get(calls.size() - length).at()));
            }
        }
        return Optional.empty();
    }

    private static boolean circles(List<String> calls, int period) {
        for (int at = period; at < calls.size(); at++) {
            if (!calls.get(at).equals(calls.get(at - period))) {
                return false;
            }
        }
        // The same call over and over is a pattern of its own.
        return calls.subList(0, period).stream().distinct().count() > 1;
    }
}

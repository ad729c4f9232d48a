// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.containment.RiskScore.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How counts become a score. Simple on purpose: an operator must be able to say why an agent was rated so.
final class RiskWeights {
    /// What was counted of an agent.
    ///
    /// @param calls      of the last ten minutes
    /// @param denied     of these
    /// @param sensitive  of these, whose answer showed what nearly nobody may see
    /// @param lateCalls  calls of this minute and the one before
    /// @param lateDenied of these
    record Counted(long calls, long denied, long sensitive, long lateCalls, long lateDenied) {}

    private RiskWeights() {}

    /// @param noticed how many things of which sign, beside what is counted
    static RiskScore score(Counted counted, Map<RiskSign, Long> noticed, RiskTerms terms) {
        List<Signal> signals = new ArrayList<>();
        noticed.forEach((sign, things) -> sign.each(things, terms.weight(sign)).ifPresent(signals::add));
        RiskSign.DENIED_CALLS
                .share(counted.denied, counted.calls, terms.weight(RiskSign.DENIED_CALLS), "were denied")
                .ifPresent(signals::add);
        RiskSign.DENIED_BURST
                .each(counted.lateDenied, terms.weight(RiskSign.DENIED_BURST))
                .ifPresent(signals::add);
        RiskSign.VELOCITY
                .rounds(counted.lateCalls, terms.weight(RiskSign.VELOCITY))
                .ifPresent(signals::add);
        RiskSign.SENSITIVE_CLASSES
                .share(
                        counted.sensitive,
                        counted.calls,
                        terms.weight(RiskSign.SENSITIVE_CLASSES),
                        "showed sensitive fields")
                .ifPresent(signals::add);
        int sum = signals.stream().mapToInt(Signal::weight).sum();
        int score = Math.min(RiskTerms.SCORE_MAX, sum);
        return new RiskScore(terms.level(score), score, signals);
    }
}

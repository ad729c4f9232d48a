// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.containment.RiskScore.Level;
import dev.tollgate.containment.RiskScore.Signal;
import java.util.ArrayList;
import java.util.List;

/// How counts become a score. Simple on purpose: an operator must be able to say why an agent was rated so.
final class RiskWeights {
    /// Fewer calls say nothing: one typo in two calls is no attack.
    private static final int CALLS_MIN = 5;

    /// A share of 100 % denied calls weighs this much.
    private static final int SHARE_WEIGHT = 60;

    /// Denials within two minutes that begin to count as a burst, what each weighs, and what they weigh at most.
    private static final int BURST_MIN = 5;

    private static final int BURST_WEIGHT = 4;
    private static final int BURST_WEIGHT_MAX = 40;
    private static final int SCORE_MAX = 100;
    private static final int MEDIUM_FROM = 30;
    private static final int HIGH_FROM = 70;

    private RiskWeights() {}

    /// @param calls      of the last ten minutes
    /// @param denied     of these
    /// @param lateDenied of these, in this minute and the one before
    /// @param noticed    signals beside those of denied calls
    static RiskScore score(long calls, long denied, long lateDenied, List<Signal> noticed) {
        List<Signal> signals = new ArrayList<>(noticed);
        if (calls >= CALLS_MIN && denied > 0) {
            int weight = (int) Math.round((double) SHARE_WEIGHT * denied / calls);
            signals.add(new Signal("denied-calls", weight, denied + " of " + calls + " calls in 10 min were denied"));
        }
        if (lateDenied >= BURST_MIN) {
            int weight = (int) Math.min(BURST_WEIGHT_MAX, BURST_WEIGHT * lateDenied);
            signals.add(new Signal("denied-burst", weight, lateDenied + " calls in 2 min were denied"));
        }
        int score =
                Math.min(SCORE_MAX, signals.stream().mapToInt(Signal::weight).sum());
        return new RiskScore(level(score), score, signals);
    }

    static RiskScore unknown() {
        return new RiskScore(
                Level.HIGH, SCORE_MAX, List.of(new Signal("risk-unknown", SCORE_MAX, "risk cannot be read now")));
    }

    private static Level level(int score) {
        if (score >= HIGH_FROM) {
            return Level.HIGH;
        }
        return score >= MEDIUM_FROM ? Level.MEDIUM : Level.LOW;
    }
}

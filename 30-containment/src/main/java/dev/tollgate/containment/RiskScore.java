// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import java.util.List;

/// How risky an agent looks right now. Evidence for policy, never a decision of its own.
///
/// @param level   what policies compare
/// @param score   0 to 100
/// @param signals what the score is made of, each with its weight and its reason
public record RiskScore(Level level, int score, List<Signal> signals) {
    /// Nothing suspicious was seen.
    public static final RiskScore NONE = new RiskScore(Level.LOW, 0, List.of());

    /// Nobody can say: as risky as can be.
    public static final RiskScore UNKNOWN = new RiskScore(
            Level.HIGH,
            RiskTerms.SCORE_MAX,
            List.of(new Signal("risk-unknown", RiskTerms.SCORE_MAX, "risk cannot be read now")));

    public RiskScore {
        signals = List.copyOf(signals);
    }

    /// The levels that policies know, in rising order.
    public enum Level {
        LOW,
        MEDIUM,
        HIGH;

        /// The word used in policies, for example `medium`.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// One thing that was seen.
    ///
    /// @param name   stable word, for example `denied-calls`
    /// @param weight what it adds to the score
    /// @param reason one sentence without customer data
    public record Signal(String name, int weight, String reason) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.containment.RiskScore.Signal;
import java.util.Locale;
import java.util.Optional;

/// Something that makes an agent look risky beside the calls that it was denied (requirement S2-12). Different things
/// count, and each counts once in ten minutes: who reads one text twice is not twice as risky.
public enum RiskSign {
    /// It was shown a text that gives orders to a model: it may be about to follow them. One alone may be a mistake of
    /// the classifier.
    TEXTS_WITH_ORDERS(1, 15, 45, "texts that give orders were read"),
    /// Secrets or one-time codes were taken out of what it was shown: somebody hands out keys there.
    SECRETS_IN_ANSWERS(1, 5, 20, "texts with secrets in them were read"),
    /// It was refused fields that nearly nobody may see: secrets, numbers of a state, notes of the house.
    ASKS_FOR_RESTRICTED(2, 5, 40, "refused calls asked for restricted fields"),
    /// It was refused in one case after another: it looks for the one that lets it in.
    PROBING_ACROSS_CASES(5, 8, 60, "different records or cases were refused");

    /// Things of one sign that are remembered: from far fewer on the weight does not grow.
    static final int ITEMS_MAX = 64;

    private final int from;
    private final int weight;
    private final int weightMax;
    private final String reason;

    RiskSign(int from, int weight, int weightMax, String reason) {
        this.from = from;
        this.weight = weight;
        this.weightMax = weightMax;
        this.reason = reason;
    }

    /// The stable word in records, for example `texts-with-orders`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The sign of that word, or nothing when there is none.
    static Optional<RiskSign> of(String word) {
        for (RiskSign sign : values()) {
            if (sign.word().equals(word)) {
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }

    /// What so many different things weigh together.
    Optional<Signal> signal(int things) {
        return things < from
                ? Optional.empty()
                : Optional.of(
                        new Signal(word(), Math.min(weightMax, weight * things), things + " " + reason + " in 10 min"));
    }
}

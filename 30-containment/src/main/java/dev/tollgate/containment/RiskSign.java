// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.containment.RiskScore.Signal;
import java.util.Locale;
import java.util.Optional;

/// Something that makes an agent look risky (requirements S0-38, S2-12). Of what is noticed in single things, different
/// things count, and each counts once in ten minutes: who reads one text twice is not twice as risky. What each sign
/// weighs here holds where a bundle's `risk.yaml` says nothing else.
public enum RiskSign {
    /// A share of its calls was refused. Fewer calls say nothing: one typo in two calls is no attack.
    DENIED_CALLS(5, 60, 60, ""),
    /// Many refusals in this minute and the one before.
    DENIED_BURST(5, 4, 40, "calls in 2 min were denied"),
    /// More calls in this minute and the one before than work needs; each so many weigh again.
    VELOCITY(600, 10, 20, "calls were made in 2 min"),
    /// A share of its answers showed fields that nearly nobody may see.
    SENSITIVE_CLASSES(10, 20, 20, ""),
    /// The version of the agent was first seen a short while ago: nobody knows yet how it behaves.
    NEW_AGENT_VERSION(1, 10, 10, "version of the agent is new here"),
    /// It works outside the hours that the bundle names for agents of its type.
    UNUSUAL_HOUR(1, 15, 15, "call came outside the hours of this agent"),
    /// It was shown a text that gives orders to a model: it may be about to follow them. One alone may be a mistake of
    /// the classifier.
    TEXTS_WITH_ORDERS(1, 15, 45, "texts that give orders were read in 10 min"),
    /// Secrets or one-time codes were taken out of what it was shown: somebody hands out keys there.
    SECRETS_IN_ANSWERS(1, 5, 20, "texts with secrets in them were read in 10 min"),
    /// It was shown a text that asks its reader for a password, a code or a card number: somebody tries to get one.
    ASKS_FOR_SECRETS(1, 10, 30, "texts that ask for passwords, codes or card numbers were read in 10 min"),
    /// It was refused fields that nearly nobody may see: secrets, numbers of a state, notes of the house.
    ASKS_FOR_RESTRICTED(2, 5, 40, "refused calls asked for restricted fields in 10 min"),
    /// It was refused in one case after another: it looks for the one that lets it in.
    PROBING_ACROSS_CASES(5, 8, 60, "different records or cases were refused in 10 min");

    /// Things of one sign that are remembered: from far fewer on the weight does not grow.
    static final int ITEMS_MAX = 64;

    private final int from;
    private final int each;
    private final int most;
    private final String reason;

    RiskSign(int from, int each, int most, String reason) {
        this.from = from;
        this.each = each;
        this.most = most;
        this.reason = reason;
    }

    /// The stable word in records and bundles, for example `texts-with-orders`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What it weighs where no bundle says so.
    public RiskTerms.Weight usual() {
        return new RiskTerms.Weight(from, each, most);
    }

    /// The sign of that word, or nothing when there is none.
    public static Optional<RiskSign> of(String word) {
        for (RiskSign sign : values()) {
            if (sign.word().equals(word)) {
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }

    /// What so many things weigh together: each weighs, from the first that counts on.
    Optional<Signal> each(long things, RiskTerms.Weight weight) {
        return things < weight.from()
                ? Optional.empty()
                : Optional.of(new Signal(
                        word(), (int) Math.min(weight.most(), weight.each() * things), things + " " + reason));
    }

    /// What so many calls weigh: each as many as the weight begins with.
    Optional<Signal> rounds(long calls, RiskTerms.Weight weight) {
        return calls < weight.from()
                ? Optional.empty()
                : Optional.of(new Signal(
                        word(),
                        (int) Math.min(weight.most(), weight.each() * (calls / weight.from())),
                        calls + " " + reason));
    }

    /// What a share of calls weighs.
    ///
    /// @param what how they differ from the others, for example `were denied`
    Optional<Signal> share(long part, long calls, RiskTerms.Weight weight, String what) {
        if (calls < weight.from() || part == 0) {
            return Optional.empty();
        }
        int all = (int) Math.round((double) weight.each() * part / calls);
        String why = part + " of " + calls + " calls in 10 min " + what;
        return Optional.of(new Signal(word(), Math.min(weight.most(), all), why));
    }
}

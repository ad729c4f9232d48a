// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.containment.RiskScore.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// How what was seen of an agent becomes a score, and a score a level. Read from the bundle's `risk.yaml`.
///
/// @param weights    what each sign weighs
/// @param medium     the score that `medium` begins with
/// @param high       the score that `high` begins with, above it
/// @param newVersion how long the version of an agent is new, at most `NEW_MAX`
/// @param hours      when agents work; the first line that names an agent's type counts, and an agent that none names
///                   works at any hour
/// @param owner      who answers for what risk brings up, for example the people who look for fraud; without one the
///                   owner of what was at stake does
public record RiskTerms(
        Map<RiskSign, Weight> weights,
        int medium,
        int high,
        Duration newVersion,
        List<WorkingHours> hours,
        Optional<String> owner) {
    /// A version that is still new after a month was never looked at.
    public static final Duration NEW_MAX = Duration.ofDays(30);

    static final int SCORE_MAX = 100;

    /// Of a bundle that says nothing else.
    public static final RiskTerms USUAL =
            new RiskTerms(Map.of(), 30, 70, Duration.ofHours(24), List.of(), Optional.empty());

    /// What a sign weighs.
    ///
    /// @param from how many things, or calls, it begins with
    /// @param each what one thing weighs, or a share of 100 %
    /// @param most what it weighs at most
    public record Weight(int from, int each, int most) {
        /// More than that nobody counts.
        public static final int FROM_MAX = 1_000_000;

        public Weight {
            require(from >= 1 && from <= FROM_MAX, "`from` is between 1 and " + FROM_MAX);
            require(each >= 1 && each <= SCORE_MAX, "`each` is between 1 and " + SCORE_MAX);
            require(most >= each && most <= SCORE_MAX, "`most` is between `each` and " + SCORE_MAX);
        }
    }

    public RiskTerms {
        Map<RiskSign, Weight> all = new EnumMap<>(RiskSign.class);
        for (RiskSign sign : RiskSign.values()) {
            all.put(sign, weights.getOrDefault(sign, sign.usual()));
        }
        weights = Collections.unmodifiableMap(all);
        hours = List.copyOf(hours);
        require(medium >= 1 && medium < high && high <= SCORE_MAX, "`medium_from` is below `high_from`");
        require(!newVersion.isNegative() && newVersion.compareTo(NEW_MAX) <= 0, "a version is new for 30 days at most");
    }

    Weight weight(RiskSign sign) {
        return Objects.requireNonNull(weights.get(sign));
    }

    Level level(int score) {
        if (score >= high) {
            return Level.HIGH;
        }
        return score >= medium ? Level.MEDIUM : Level.LOW;
    }

    /// Whether an agent of a type does not work at a moment.
    boolean outside(String type, Instant now) {
        return hours.stream()
                .filter(line -> line.names(type))
                .findFirst()
                .filter(line -> !line.include(now))
                .isPresent();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.Require;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A number of the business that policies compare, as it changes over time. Read from `limits.yaml`; policies name it
/// `context.limits.<name>` (requirement S3-12).
///
/// @param name   lower-case words joined by `_`
/// @param type   how policies see it
/// @param steps  values in the order in which they come into force
public record Limit(String name, Type type, List<Step> steps) {
    /// A limit has no longer history than this in one bundle; the bundle's own history has the rest.
    public static final int STEPS_MAX = 100;

    public Limit {
        steps = steps.stream().sorted(Comparator.comparing(Step::from)).toList();
        Require.require(!steps.isEmpty() && steps.size() <= STEPS_MAX, "a limit has 1 to " + STEPS_MAX + " steps");
    }

    /// The Cedar type of a limit.
    public enum Type {
        /// Whole numbers.
        LONG("Long"),
        /// Amounts, with four decimals at most.
        DECIMAL("decimal");

        private final String cedar;

        Type(String cedar) {
            this.cedar = cedar;
        }

        /// The word in the schema.
        public String cedar() {
            return cedar;
        }
    }

    /// A value and the moment from which it counts.
    ///
    /// @param from  inclusive
    /// @param value what counts until the next step
    public record Step(Instant from, BigDecimal value) {}

    /// The value in force, or nothing before the first step.
    public Optional<BigDecimal> at(Instant now) {
        BigDecimal inForce = null;
        for (Step step : steps) {
            if (!now.isBefore(step.from())) {
                inForce = step.value();
            }
        }
        return Optional.ofNullable(inForce);
    }
}

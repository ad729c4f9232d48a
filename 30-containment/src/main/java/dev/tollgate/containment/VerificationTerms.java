// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.containment.RiskScore.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// How often an agent proves itself again (requirement S1-31). Read from the bundle's `verification.yaml`. Policy,
/// scopes, expiry and revocation are looked at on every call in any case.
///
/// @param everyActions calls of a session on one proof; nothing for as many as its token lives
/// @param proof        how old a proof may be, at any risk
/// @param atRisk       how old a proof may be while the agent's risk is of a level or above
/// @param stop         what is stopped when the risk is high; nothing to go on under what policy permits then
public record VerificationTerms(
        OptionalInt everyActions, Optional<Duration> proof, Map<Level, Duration> atRisk, Optional<Stop> stop) {
    /// More calls than any session makes on one token.
    public static final int ACTIONS_MAX = 100_000;

    /// Longer than any token lives: a bound of that age would bind nothing.
    public static final Duration PROOF_MAX = Duration.ofMinutes(15);

    /// Two lives of a token: an action is counted as long as its proof may be used.
    private static final Duration WINDOW = PROOF_MAX.multipliedBy(2);

    /// Of an agent that no line of a bundle names: what every call is asked anyway.
    public static final VerificationTerms USUAL =
            new VerificationTerms(OptionalInt.empty(), Optional.empty(), Map.of(), Optional.empty());

    /// What is stopped. Closed.
    public enum Stop {
        /// The session whose call found the risk high; the agent's other sessions find it high with their next.
        SESSION,
        /// The agent with all its sessions.
        AGENT
    }

    public VerificationTerms {
        atRisk = Map.copyOf(atRisk);
        everyActions.ifPresent(most -> require(most >= 1 && most <= ACTIONS_MAX, "`every_actions` is too large"));
        Stream.concat(proof.stream(), atRisk.values().stream())
                .forEach(
                        age -> require(age.isPositive() && age.compareTo(PROOF_MAX) <= 0, "a proof is 1 to 900 s old"));
    }

    /// How old a proof may be at a level of risk; nothing when only its token's end bounds it.
    public Optional<Duration> oldest(Level level) {
        return Stream.concat(
                        proof.stream(),
                        atRisk.entrySet().stream()
                                .filter(entry -> entry.getKey().compareTo(level) <= 0)
                                .map(Map.Entry::getValue))
                .min(Duration::compareTo);
    }

    /// The budget of calls on one proof.
    public Optional<Budget> actions() {
        return everyActions.isPresent()
                ? Optional.of(new Budget("actions-on-one-proof", everyActions.getAsInt(), WINDOW))
                : Optional.empty();
    }
}

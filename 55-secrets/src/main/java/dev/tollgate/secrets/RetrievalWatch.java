// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.secrets.ObservedSecretStore.Observed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at retrievals of secrets for what is unusual (requirement S1-34). Each pattern is named and has its reason;
/// each is told of once per secret and `QUIET`. What it remembers is this node's own: what an intruder in the process
/// does, happens on one node. Safe for many threads.
public final class RetrievalWatch {
    /// Told once in this time, for each secret and pattern: whoever is told looks at the log for the rest.
    public static final Duration QUIET = Duration.ofMinutes(10);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// A store that has what is configured refuses nothing. Twice may be a restart in the middle of a rotation.
    static final int REFUSALS_MAX = 3;

    /// Health checks lease without a decision, some times a minute and system; credentials that are drained are not
    /// leased for a call at all.
    static final int WITHOUT_DECISION_MAX = 60;

    /// Fewer in a minute are never a surge, whatever the minutes before were like.
    static final int SURGE_MIN = 600;

    /// How many times the busiest of the minutes before.
    static final int SURGE_TIMES = 10;

    /// Minutes that a surge is compared with.
    private static final int MINUTES = 60;

    private final Set<String> configured;
    private final Set<String> forCalls;
    private final InstantSource clock;
    private final Map<String, Counts> counts = new HashMap<>();

    /// @param configured the names that the configuration gives secrets: others are asked for by no part of it
    /// @param forCalls   those that are used for decided calls and for looks at a system's health alone
    public RetrievalWatch(Set<String> configured, Set<String> forCalls, InstantSource clock) {
        this.configured = Set.copyOf(configured);
        this.forCalls = Set.copyOf(forCalls);
        this.clock = clock;
    }

    /// What is unusual about a retrieval. Closed.
    public enum Pattern {
        /// Nothing in the configuration has this name.
        UNKNOWN_NAME("a secret was asked for that no part of the configuration names"),
        /// The store refuses it again and again.
        REFUSED("the store of secrets refuses a configured secret again and again"),
        /// It is retrieved, but not for calls.
        WITHOUT_DECISION("a secret is retrieved again and again without a decision that needs it"),
        /// It is retrieved far more often than in the hour before.
        SURGE("a secret is retrieved far more often than in the hour before");

        private final String sentence;

        Pattern(String sentence) {
            this.sentence = sentence;
        }

        /// One sentence for whoever is told.
        public String sentence() {
            return sentence;
        }

        /// The word in rules and logs, for example `secret-surge`.
        public String word() {
            return "secret-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// What one minute, and the hour before it, had of a secret.
    private static final class Counts {
        private final long[] hour = new long[MINUTES];
        private final Map<Pattern, Instant> told = new HashMap<>();
        private long minute = Long.MIN_VALUE;
        private long now;
        private long refused;
        private long bare;

        void turn(long to) {
            if (to == minute) {
                return;
            }
            long passed = minute == Long.MIN_VALUE ? MINUTES : Math.min(MINUTES, Math.max(0, to - minute));
            for (long at = 0; at < passed; at++) {
                System.arraycopy(hour, 0, hour, 1, MINUTES - 1);
                hour[0] = at == 0 ? now : 0;
            }
            minute = to;
            now = 0;
            refused = 0;
            bare = 0;
        }

        long busiest() {
            long most = 0;
            for (long one : hour) {
                most = Math.max(most, one);
            }
            return most;
        }
    }

    /// Counts a retrieval; what is unusual about it, when somebody should be told now.
    public synchronized Optional<Pattern> seen(Observed observed) {
        Instant now = clock.instant();
        // Names that nobody configured share one count: there are as many as somebody likes to make up.
        boolean known = configured.contains(observed.name());
        Counts of = counts.computeIfAbsent(known ? observed.name() : "", _ -> new Counts());
        of.turn(Math.floorDiv(now.getEpochSecond(), MINUTE.toSeconds()));
        of.now++;
        of.refused += observed.expires().isEmpty() ? 1 : 0;
        of.bare += observed.decision().isEmpty() && forCalls.contains(observed.name()) ? 1 : 0;
        return pattern(known, of).filter(found -> {
            Instant last = of.told.get(found);
            boolean quiet = last != null && now.isBefore(last.plus(QUIET));
            if (!quiet) {
                of.told.put(found, now);
            }
            return !quiet;
        });
    }

    private static Optional<Pattern> pattern(boolean known, Counts of) {
        if (!known) {
            return Optional.of(Pattern.UNKNOWN_NAME);
        }
        if (of.refused >= REFUSALS_MAX) {
            return Optional.of(Pattern.REFUSED);
        }
        if (of.bare > WITHOUT_DECISION_MAX) {
            return Optional.of(Pattern.WITHOUT_DECISION);
        }
        return of.now >= SURGE_MIN && of.now > SURGE_TIMES * Math.max(1, of.busiest())
                ? Optional.of(Pattern.SURGE)
                : Optional.empty();
    }
}

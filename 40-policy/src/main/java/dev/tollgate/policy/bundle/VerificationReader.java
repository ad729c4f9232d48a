// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.containment.RiskScore.Level;
import dev.tollgate.containment.VerificationTerms;
import dev.tollgate.containment.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads `verification.yaml`: how often agents prove themselves again, by zone or tier (requirement S1-31).
final class VerificationReader {
    private static final int TIER_MAX = 9;
    private static final int SECONDS_MAX = (int) VerificationTerms.PROOF_MAX.toSeconds();

    private VerificationReader() {}

    static List<VerificationLine> read(ProblemLog problems, String file, byte[] bytes, Map<String, Zone> zones) {
        List<VerificationLine> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Section.of(problems, file, bytes).ifPresent(root -> {
            for (Section section : root.sections("verification")) {
                VerificationLine line = line(section, zones);
                if (!seen.add(line.zone() + " " + line.tier())) {
                    section.problem("two lines are for these agents");
                }
                lines.add(line);
            }
            root.done();
        });
        lines.sort(Comparator.comparingInt(VerificationLine::order));
        return lines;
    }

    private static VerificationLine line(Section section, Map<String, Zone> zones) {
        Optional<String> zone = section.word("zone", zones.keySet());
        Optional<Integer> tier = section.whole("tier", 1, TIER_MAX);
        if (section.has("zone") && section.has("tier")) {
            section.problem("tier", "a line is for a zone or for a tier: each zone has one tier");
        }
        OptionalInt actions = section.whole("every_actions", 1, VerificationTerms.ACTIONS_MAX).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
        Optional<Duration> proof = seconds(section, "proof_seconds");
        Map<Level, Duration> atRisk = new EnumMap<>(Level.class);
        seconds(section, "proof_seconds_at_medium").ifPresent(age -> atRisk.put(Level.MEDIUM, age));
        seconds(section, "proof_seconds_at_high").ifPresent(age -> atRisk.put(Level.HIGH, age));
        Optional<VerificationTerms.Stop> stop = section.word("stop_at_high", List.of("session", "agent"))
                .map(word -> VerificationTerms.Stop.valueOf(word.toUpperCase(Locale.ROOT)));
        section.done();
        return new VerificationLine(zone, tier, new VerificationTerms(actions, proof, atRisk, stop));
    }

    private static Optional<Duration> seconds(Section section, String key) {
        return section.whole(key, 1, SECONDS_MAX).map(Duration::ofSeconds);
    }
}

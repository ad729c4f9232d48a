// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.ProblemLog;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `approvals.yaml`: who may approve what a rule asks an approval for; `*` stands for every other rule.
final class ApprovalReader {
    /// A request that waits longer is about a record that has moved on.
    private static final int HOURS_MAX = 30 * 24;

    private static final int HOURS_USUAL = 24;

    private ApprovalReader() {}

    static void read(
            ProblemLog problems, String file, byte[] bytes, Set<String> roles, Map<String, ApprovalTerms> approvals) {
        Section.of(problems, file, bytes).ifPresent(root -> {
            for (Section section : root.sections("approvals")) {
                Optional<String> rule = section.needed("rule");
                Set<String> able = Set.copyOf(section.words("roles", roles));
                section.require("roles");
                int hours = section.whole("hours", 1, HOURS_MAX).orElse(HOURS_USUAL);
                section.done();
                rule.ifPresent(id -> {
                    if (approvals.putIfAbsent(id, new ApprovalTerms(able, Duration.ofHours(hours))) != null) {
                        section.problem("rule", "the rule is there twice");
                    }
                });
            }
            root.done();
        });
    }
}

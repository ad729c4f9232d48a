// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.WriteClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How far an agent has earned its writes (requirements S4-1, S4-23). Above policy: a stage only takes away.
public enum Rollout {
    /// It reads, and writes what people look at before it counts: drafts. Every other change is as good as no tool.
    READ_ONLY,
    /// It also writes what no person commits: derived values and operational data. Every other change, everything
    /// that is sent, made, merged or deleted waits for an approval.
    SAFE_WRITES,
    /// What policies say.
    GENERAL;

    /// The word used in bundles, for example `safe-writes`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Fields of these classes the stage lets an agent write by itself.
    public Set<WriteClass> free() {
        return switch (this) {
            case READ_ONLY -> Set.of(WriteClass.DRAFT);
            case SAFE_WRITES -> Set.of(WriteClass.DRAFT, WriteClass.DERIVED, WriteClass.OPERATIONAL);
            case GENERAL -> Set.of(WriteClass.values());
        };
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Rollout::word).toList();
    }

    static Rollout of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

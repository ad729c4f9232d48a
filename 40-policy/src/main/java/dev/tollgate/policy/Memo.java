// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.Rec;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.WorkflowId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What the policies of one bundle said to a question. Policies are pure: the same agent, context and row give
/// the same answer, so that it need not be worked out again for each call. The key holds everything that is asked
/// about, whole and by value; what moves with the clock is never kept. Safe for many threads.
final class Memo {
    /// Situations that are remembered: agents × people × tools × risk that are at work at one time. Beyond it all are
    /// forgotten at once, which costs less than it saves to know which is oldest.
    private static final int SUBJECTS_MAX = 512;

    /// Everything that a finding follows from, but for the field.
    ///
    /// @param shared  the context without `now`, `view` and `row`
    /// @param facts   the known part of the row
    /// @param unknown what only the row itself tells
    record Subject(
            SystemId system,
            String object,
            WorkflowId workflow,
            Entity agent,
            Rec shared,
            Rec facts,
            Set<Fact> unknown) {}

    /// A field of the subject's object, and what is done to it.
    private record Asked(String field, Verb verb) {}

    private final Map<Subject, Known> subjects = new ConcurrentHashMap<>();

    /// What is known of a subject; remembered from now on.
    Known of(Subject subject) {
        Known known = subjects.get(subject);
        if (known != null) {
            return known;
        }
        if (subjects.size() >= SUBJECTS_MAX) {
            subjects.clear();
        }
        return subjects.computeIfAbsent(subject, _ -> new Known());
    }

    /// The findings of one subject: at most one a field and verb of its object.
    static final class Known {
        private final Map<Asked, Finding> findings = new ConcurrentHashMap<>();

        /// The finding for a field; worked out when it is not known.
        ///
        /// @param timed whether what was just worked out moves with the clock
        Finding find(String field, Verb verb, Supplier<Finding> work, java.util.function.BooleanSupplier timed) {
            Asked asked = new Asked(field, verb);
            Finding known = findings.get(asked);
            if (known != null) {
                return known;
            }
            Finding found = work.get();
            if (!timed.getAsBoolean()) {
                findings.put(asked, found);
            }
            return found;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One step of a workflow, with rights of its own (requirement S2-5): what it may need at most stands in the workflow
/// as it is in this step, `Workflow.at`.
///
/// @param id          named by delegations
/// @param kind        what a step like this may do at all
/// @param verbs       verbs of its tools
/// @param fields      fields that each of its tools may set; a tool without a line may set what its contract takes
/// @param needs       what must have been fulfilled before: facts that other steps find out, or other steps
/// @param needed      what other steps need of this one: its id, when one of them names it
/// @param completedBy tools whose first answer completes the step
/// @param hints       the step that fulfils each of `needs`
/// @param life        how long a credential for this step may live
/// @param holds       how long it counts what was fulfilled in this step
public record WorkflowStep(
        String id,
        Kind kind,
        Set<Verb> verbs,
        Map<ToolName, Set<String>> fields,
        Set<String> needs,
        Optional<String> needed,
        Set<ToolName> completedBy,
        Map<String, String> hints,
        Duration life,
        Duration holds) {
    /// What steps are for.
    public enum Kind {
        /// Reads what came in.
        INTAKE,
        /// Adds what is known.
        ENRICHMENT,
        /// Writes nothing: what is drafted stays with the agent until a step may put it somewhere.
        DRAFTING,
        /// Finds out whether something holds, and learns nothing else.
        VERIFICATION,
        /// Changes or sends what its tools name.
        ACTION;

        /// The word used in `workflows/*.yaml`, for example `intake`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The kind of that word, or nothing when there is none.
        public static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        /// Whether a step of this kind may do such a thing. No step but an action writes, and a verification does
        /// nothing else.
        public boolean may(Verb verb) {
            return switch (this) {
                case INTAKE, ENRICHMENT, DRAFTING -> !verb.changes() && verb != Verb.VERIFY && verb != Verb.EXPORT;
                case VERIFICATION -> verb == Verb.VERIFY;
                case ACTION -> verb != Verb.VERIFY;
            };
        }
    }

    public WorkflowStep {
        Require.id("step", id);
        verbs = Set.copyOf(verbs);
        fields = Map.copyOf(fields);
        needs = Set.copyOf(needs);
        completedBy = Set.copyOf(completedBy);
        hints = Map.copyOf(hints);
    }

    /// Whether a tool may set a field in this step.
    public boolean sets(ToolName tool, String field) {
        Set<String> named = fields.get(tool);
        return named == null || named.contains(field);
    }
}

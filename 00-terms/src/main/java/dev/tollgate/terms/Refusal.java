// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Why the gateway did not let a request go further. Closed: a new kind breaks every switch until answered.
public sealed interface Refusal {
    /// One sentence for the agent. Names rules and limits; never contains customer data.
    String explain();

    /// A stable word for logs, metrics and answers, for example `over_budget`.
    String code();

    /// Refusals of how an agent goes about its calls.
    sealed interface OfConduct extends Refusal permits Conduct {}

    /// No valid token. Says nothing of what was wrong with it: that is in the log, by request id.
    record Unauthenticated() implements Refusal {
        @Override
        public String explain() {
            return "a valid bearer token of this gateway is required";
        }

        @Override
        public String code() {
            return "unauthenticated";
        }
    }

    /// Arguments that do not fit the tool's schema, or name a field that does not exist for this principal.
    ///
    /// @param problems one sentence each, naming the place as a JSON pointer; no values
    record Malformed(List<String> problems) implements Refusal {
        public Malformed {
            problems = List.copyOf(problems);
        }

        @Override
        public String explain() {
            return "the arguments do not fit: " + String.join("; ", problems);
        }

        @Override
        public String code() {
            return "malformed";
        }
    }

    /// The tool does not exist for this principal: absent and forbidden look alike.
    record UnknownTool(ToolName tool) implements Refusal {
        @Override
        public String explain() {
            return "unknown tool `" + tool + "`";
        }

        @Override
        public String code() {
            return "unknown_tool";
        }
    }

    /// A budget is spent.
    record OverBudget(String budget, Duration retryAfter) implements Refusal {
        @Override
        public String explain() {
            return "budget `" + budget + "` is spent, retry after " + Math.max(1, retryAfter.toSeconds()) + " s";
        }

        @Override
        public String code() {
            return "over_budget";
        }
    }

    /// Policy says no.
    ///
    /// @param rule   what decided; `default-deny` when no policy permits
    /// @param reason category of the reason, for the audit
    /// @param found  what was found in a message that was to leave
    record Denied(RuleId rule, String reason, FoundWords found) implements Refusal {
        public Denied(RuleId rule, String reason) {
            this(rule, reason, FoundWords.NONE);
        }

        @Override
        public String explain() {
            return "policy does not permit this (" + reason + ", rule `" + rule + "`)"
                    + found.told("revise it and send it again");
        }

        @Override
        public String code() {
            return "denied";
        }
    }

    /// Policy cannot say: an error, a missing fact, an unknown obligation. The unknown is a no.
    record Undecidable(String what) implements Refusal {
        @Override
        public String explain() {
            return "policy cannot decide this: " + what;
        }

        @Override
        public String code() {
            return "undecidable";
        }
    }

    /// Policy would permit with evidence that is missing: `step-up` or `approval`.
    record EvidenceNeeded(String evidence, RuleId rule) implements Refusal {
        @Override
        public String explain() {
            return "policy asks for " + evidence + " first (rule `" + rule + "`)";
        }

        @Override
        public String code() {
            return "evidence_needed";
        }
    }

    /// A person must approve exactly this change first. It waits for them; nothing holds the call open.
    ///
    /// @param approval the id of what waits, to ask for or to call again with
    /// @param rule     what asks for the approval
    /// @param found    what was found in a message that is to leave
    record ApprovalPending(String approval, RuleId rule, FoundWords found) implements Refusal {
        public ApprovalPending(String approval, RuleId rule) {
            this(approval, rule, FoundWords.NONE);
        }

        @Override
        public String explain() {
            return "a person must approve this first (rule `" + rule + "`): approval `" + approval
                    + "` is pending, ask `approval_status` or make the same call again later"
                    + found.told("a revised message may need nobody");
        }

        @Override
        public String code() {
            return "approval_pending";
        }
    }

    /// An approval that does not cover this call: rejected, expired, used, or of another state of the record.
    ///
    /// @param why what happened to it and what to do next, in our words
    record ApprovalRefused(String approval, String why) implements Refusal {
        @Override
        public String explain() {
            return "approval `" + approval + "` does not cover this: " + why;
        }

        @Override
        public String code() {
            return "approval_refused";
        }
    }

    /// A kill switch of a scope such as `agent` is on, or cannot be read: then the scope is `unknown`.
    record Halted(String scope) implements Refusal {
        @Override
        public String explain() {
            return "stopped by an operator's kill switch (" + scope + ")";
        }

        @Override
        public String code() {
            return "halted";
        }
    }

    /// The record changed between the decision and the write: nothing was written.
    record StaleRecord() implements Refusal {
        @Override
        public String explain() {
            return "the record has changed since it was read, read it again";
        }

        @Override
        public String code() {
            return "stale_record";
        }
    }

    /// A person answers for the field: an agent suggests, and does not write it.
    ///
    /// @param suggestion the field that takes a suggestion, when there is one
    record HumanOnly(String field, String owner, Optional<String> suggestion) implements Refusal {
        @Override
        public String explain() {
            String instead = suggestion
                    .map(other -> "write `" + other + "` to suggest a value")
                    .orElse("ask its owner");
            return "`" + field + "` is changed by people only (owner: " + owner + "): " + instead;
        }

        @Override
        public String code() {
            return "human_only";
        }
    }

    /// A decision token that does not authorise this: wrong signature, operation, amount, holder, too old, used.
    record TokenRefused(String why) implements Refusal {
        @Override
        public String explain() {
            return "the decision token does not authorise this operation: " + why;
        }

        @Override
        public String code() {
            return "token_refused";
        }
    }

    /// No such record for this principal: absent and forbidden look alike.
    record NotFound() implements Refusal {
        @Override
        public String explain() {
            return "no such record";
        }

        @Override
        public String code() {
            return "not_found";
        }
    }

    /// The system behind the gateway is down, slow, or answers what it should not.
    ///
    /// @param why    a closed word: `unreachable`, `timeout`, `rejected`, `garbage`, `too_large`, `unsupported`,
    ///               `quarantined`, and `unknown_outcome` when nobody knows whether a change happened
    record UpstreamFailed(SystemId system, String why) implements Refusal {
        @Override
        public String explain() {
            return "system `" + system + "` did not answer as it should: " + why;
        }

        @Override
        public String code() {
            return "upstream_failed";
        }
    }

    /// A duty that the decision demands cannot be discharged.
    record ObligationUnmet(String obligation) implements Refusal {
        @Override
        public String explain() {
            return "obligation `" + obligation + "` cannot be met";
        }

        @Override
        public String code() {
            return "obligation_unmet";
        }
    }

    /// The content must not be released.
    record Withheld(String why) implements Refusal {
        @Override
        public String explain() {
            return "the answer is withheld: " + why;
        }

        @Override
        public String code() {
            return "withheld";
        }
    }

    /// The log cannot be written: nothing is executed and nothing is released.
    record Unrecorded() implements Refusal {
        @Override
        public String explain() {
            return "the audit log cannot be written, so nothing is done";
        }

        @Override
        public String code() {
            return "unrecorded";
        }
    }

    /// The gateway is full: as many calls are under way as it takes at once.
    record Busy(Duration retryAfter) implements Refusal {
        @Override
        public String explain() {
            return "the gateway is busy, retry after " + Math.max(1, retryAfter.toSeconds()) + " s";
        }

        @Override
        public String code() {
            return "busy";
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.time.Duration;
import java.util.List;

/// Refusals of how an agent goes about its calls, rather than of what one call asks for.
public sealed interface Conduct extends Refusal.OfConduct {
    /// The agent reached what no sound agent reaches, and is stopped until a person lets it go on.
    ///
    /// @param budget what it reached, for example `records-in-2-minutes`
    record Stopped(String budget) implements Conduct {
        @Override
        public String explain() {
            return "budget `" + budget + "` is spent: the agent is stopped, a person must let it go on";
        }

        @Override
        public String code() {
            return "stopped";
        }
    }

    /// The agent goes round in circles (requirement S1-30). It may do something else.
    ///
    /// @param pattern    a closed word: `same-call`, `similar-calls`, `alternation`, `refused-again`
    /// @param tool       what it called
    /// @param times      how often
    /// @param retryAfter when the calls that made the circle no longer count
    record Looping(String pattern, ToolName tool, int times, Duration retryAfter) implements Conduct {
        @Override
        public String explain() {
            return "this is a loop (" + pattern + ", `" + tool + "`, " + times
                    + " times): people were told; do something else, or ask your user; retry after "
                    + Math.max(1, retryAfter.toSeconds()) + " s";
        }

        @Override
        public String code() {
            return "looping";
        }
    }

    /// A step of the workflow must be completed before this one (requirement S2-10). Says nothing of any record.
    ///
    /// @param step     the step that the call is part of
    /// @param missing  what is not fulfilled, in the bundle's words
    /// @param complete the steps that fulfil it
    record StepNeeded(String step, List<String> missing, List<String> complete) implements Conduct {
        public StepNeeded {
            missing = List.copyOf(missing);
            complete = List.copyOf(complete);
        }

        @Override
        public String explain() {
            return "step `" + step + "` needs " + quoted(missing) + " first: complete step " + quoted(complete)
                    + " in this task, then make the same call again";
        }

        private static String quoted(List<String> words) {
            return "`" + String.join("`, `", words) + "`";
        }

        @Override
        public String code() {
            return "step_needed";
        }
    }

    /// A record gets a value only when other fields of it are filled (requirement S4-16). Nothing was sent.
    ///
    /// @param field   the field that was to change, for example `opportunity.stage`
    /// @param value   a word of its picklist
    /// @param missing the fields that are empty
    record FieldsMissing(String field, String value, List<String> missing) implements Conduct {
        public FieldsMissing {
            missing = List.copyOf(missing);
        }

        @Override
        public String explain() {
            return "`" + field + "` becomes `" + value + "` only with " + StepNeeded.quoted(missing)
                    + " filled: set in the same call what the tool takes, and have the rest filled first";
        }

        @Override
        public String code() {
            return "fields_missing";
        }
    }

    /// The proof of who asks is older, or was used for more, than the bundle lets pass (requirement S1-31).
    ///
    /// @param why one sentence without customer data
    record ProofNeeded(String why) implements Conduct {
        @Override
        public String explain() {
            return why + ": prove the workload again, fetch a new token and make the call again";
        }

        @Override
        public String code() {
            return "proof_needed";
        }
    }

    /// The agent looks too risky to go on: it was stopped before its session ended (requirement S1-31).
    ///
    /// @param scope a closed word: `session`, `agent`
    record ShutDown(String scope) implements Conduct {
        @Override
        public String explain() {
            return "the " + scope + " is stopped because of its risk: a person must let it go on";
        }

        @Override
        public String code() {
            return "shut_down";
        }
    }

    /// An idempotency key names another change than the one that it was first used for.
    record KeyReused() implements Conduct {
        @Override
        public String explain() {
            return "the idempotency key was used for another change: use a key of its own for each change";
        }

        @Override
        public String code() {
            return "key_reused";
        }
    }

    /// The change that an idempotency key names is being made by another call.
    record KeyUnderWay(Duration retryAfter) implements Conduct {
        @Override
        public String explain() {
            return "this change is being made already, make the same call again after "
                    + Math.max(1, retryAfter.toSeconds()) + " s to hear what became of it";
        }

        @Override
        public String code() {
            return "key_under_way";
        }
    }
}

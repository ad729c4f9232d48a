// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.time.Duration;
import java.util.List;

/// What tests ask for, in few words.
public final class Ask {
    /// Scopes for reading every object of the demo CRM.
    private static final List<String> READ_ALL = List.of("crm:*:read");

    /// The shortest life of a step in the bundles that ship.
    private static final Duration STEP = Duration.ofMinutes(2);

    private Ask() {}

    /// What a token says.
    ///
    /// @param workflow empty when the token names none
    /// @param customer empty when the token names none
    /// @param request  what the person asked; empty when the token does not say
    /// @param step     empty when the token names none
    /// @param caseId   empty when the token names none
    public record Token(
            String agent,
            String user,
            String workflow,
            String customer,
            List<String> scopes,
            String task,
            String session,
            Duration life,
            String request,
            String step,
            String caseId) {
        /// For which nobody said what was asked, outside of steps.
        public Token(
                String agent,
                String user,
                String workflow,
                String customer,
                List<String> scopes,
                String task,
                String session,
                Duration life) {
            this(agent, user, workflow, customer, scopes, task, session, life, "", "", "");
        }

        /// The same in a task of its own, for what the person asked in these words.
        public Token asking(String words, String run) {
            return new Token(agent, user, workflow, customer, scopes, run, session, life, words, step, caseId);
        }

        /// The same about one customer.
        public Token about(String id) {
            return new Token(agent, user, workflow, id, scopes, task, session, life, request, step, caseId);
        }

        /// The same with these scopes and no others.
        public Token with(String... only) {
            return new Token(
                    agent, user, workflow, customer, List.of(only), task, session, life, request, step, caseId);
        }

        /// The same for so long.
        public Token lasting(Duration time) {
            return new Token(agent, user, workflow, customer, scopes, task, session, time, request, step, caseId);
        }

        /// The same for one step of the workflow, for as long as its shortest step lets it live.
        public Token at(String name) {
            return new Token(agent, user, workflow, customer, scopes, task, session, STEP, request, name, caseId);
        }

        /// The same for work on one case.
        public Token on(String id) {
            return new Token(agent, user, workflow, customer, scopes, task, session, life, request, step, id);
        }

        /// The same in another task and session.
        public Token in(String run, String conversation) {
            return new Token(agent, user, workflow, customer, scopes, run, conversation, life, request, step, caseId);
        }
    }

    /// A token of an agent that acts for a user in a workflow and may try to read everything.
    public static Token as(String agent, String user, String workflow) {
        return new Token(agent, user, workflow, "", READ_ALL, "task-1", "session-1", Duration.ofMinutes(15));
    }
}

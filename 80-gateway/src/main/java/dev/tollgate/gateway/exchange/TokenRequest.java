// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SecretValue;
import java.util.List;
import java.util.Optional;

/// A request for a bearer token, as a door read it: well-formed, bounded, no parameter twice.
///
/// @param id     made by the door, unique
/// @param ask    on what grounds
/// @param actor  proves which agent asks; nothing leaves it to the certificate of the connection
/// @param how    how the request came: what it shows to hold, the token is bound to
/// @param scope  what is asked for; nothing asks for all that there is
/// @param places whom the token is to be for (`resource`, `audience`); empty means this gateway
/// @param task   what the token is to be for
public record TokenRequest(
        RequestId id,
        Ask ask,
        Optional<SecretValue> actor,
        Presentation how,
        Optional<String> scope,
        List<String> places,
        Task task) {
    public TokenRequest {
        places = List.copyOf(places);
    }

    /// On what grounds. Closed.
    public sealed interface Ask {
        /// RFC 8693: a token of the person, or a token of this gateway that another agent hands on.
        ///
        /// @param kind what the token is said to be
        record Exchange(SecretValue subject, Kind kind) implements Ask {}

        /// RFC 7523: the provider of the person's company allows it (ID-JAG).
        record Assertion(SecretValue assertion) implements Ask {}
    }

    /// What a subject token is said to be (RFC 8693 §3).
    public enum Kind {
        ID_TOKEN,
        ACCESS_TOKEN,
        JWT
    }

    /// What the token is to be for; names are the agent's own and open nothing.
    ///
    /// @param workflow what the task runs
    /// @param step     the step of the workflow
    /// @param task     the agent's name of the run; the same name goes on with the same task
    /// @param session  the agent's name of its session
    /// @param customer the customer that the task is about
    /// @param caseId   the support case that the task is about
    /// @param words    what the person asked for
    public record Task(
            Optional<String> workflow,
            Optional<String> step,
            Optional<String> task,
            Optional<String> session,
            Optional<String> customer,
            Optional<String> caseId,
            Optional<String> words) {
        /// Nothing is said.
        public static final Task NONE = new Task(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

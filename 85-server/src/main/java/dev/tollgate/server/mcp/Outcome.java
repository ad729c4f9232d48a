// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Answer;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How a request of a client ends, in words of no era.
public sealed interface Outcome {
    /// It is done.
    ///
    /// @param result the members of the result, without those that the era adds
    record Done(Value.Fields result) implements Outcome {}

    /// A tool of the gateway answered.
    record Answered(Answer answer) implements Outcome {}

    /// The client must give something first and then ask again.
    ///
    /// @param inputs what is wanted, by a key of the feature's choice
    /// @param state  what the feature wants to be told again, sealed on its way; without one the inputs stand
    ///               alone
    record Ask(SequencedMap<String, InputRequest> inputs, Optional<Value.Fields> state) implements Outcome {}

    /// The person must visit pages first, each under the name that the client hears of it by; then the client asks
    /// again. Said to clients of revision 2025-11-25, for whom no stream is kept open meanwhile.
    record Elsewhere(SequencedMap<String, InputRequest> pages) implements Outcome {}

    /// The gateway refused.
    record Refused(Refusal why) implements Outcome {}

    /// The request does not fit the protocol.
    ///
    /// @param data for programs, no customer data
    record Invalid(String why, Optional<Value.Fields> data) implements Outcome {}

    /// The client asked for a method that is not offered.
    record NoMethod() implements Outcome {}

    /// The headers and the body disagree.
    record Mismatch(String why) implements Outcome {}

    /// What is asked needs something that the client cannot do.
    record Lacking(Value.Fields required) implements Outcome {}

    /// The client has gone: nothing is sent.
    record Gone() implements Outcome {}

    /// A finished result.
    static Outcome done(Map<String, Value> result) {
        return new Done(new Value.Fields(result));
    }

    /// An invalid request.
    static Outcome invalid(String why) {
        return new Invalid(why, Optional.empty());
    }
}

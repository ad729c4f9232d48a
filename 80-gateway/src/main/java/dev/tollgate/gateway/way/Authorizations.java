// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.stage.Decide;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Decided;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.gateway.state.State;
import dev.tollgate.policy.authzen.AuthZen;
import dev.tollgate.policy.authzen.AuthorizationEnvelope;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.Optional;

/// Authorisation without execution: the way up to the decision, then an envelope instead of an
/// execution. Asking is decided and recorded like any call, and counts against the same budget.
///
/// @param gateway the stages
/// @param journal writes what was asked for
record Authorizations(Gateway gateway, Journal journal) {
    /// The tool `request_authorization`: the envelope, with a decision token when policy permits.
    Step<Answer> request(Received received) {
        return authenticated(received)
                .then(who -> gateway.refusals()
                        .early(who, AuthorizationTool.inner(received.call()))
                        .then(inner -> examined(new Authenticated(
                                new Received(received.who(), inner, received.at()), who.policy(), who.principal()))))
                .then(examined -> gateway.decide().ruled(examined).then(ruled -> enveloped(examined, ruled)));
    }

    private Step<Answer> enveloped(Examined examined, Decide.Ruled ruled) {
        Optional<TokenMint.Minted> minted = ruled.decision().permits()
                ? Optional.of(gateway.approve()
                        .mint(new Decided(
                                examined, ruled.decision(), ruled.operation(), ruled.logIndex(), ruled.waiting())))
                : Optional.empty();
        AuthorizationEnvelope envelope = new AuthorizationEnvelope(ruled.decision(), ruled.operation(), minted);
        return journal.authorised(examined.from(), ruled, minted.map(TokenMint.Minted::token))
                .then(index -> Step.pass(new Answer(envelope.toValue(), index)));
    }

    /// An AuthZEN evaluation: the decision and its reasons, without a token.
    Step<Value.Fields> evaluate(Received received, Value.Fields request) {
        return authenticated(received)
                .then(who -> gateway.refusals()
                        .early(
                                who,
                                AuthZen.read(
                                        request,
                                        who.principal(),
                                        who.policy().bundle().catalog()))
                        .then(asked -> evaluated(received, who, asked)));
    }

    private Step<Value.Fields> evaluated(Received received, Authenticated who, AuthZen.Asked asked) {
        ToolCall outer = received.call();
        ToolCall call = new ToolCall(
                outer.request(),
                asked.tool(),
                asked.arguments(),
                Optional.empty(),
                outer.model(),
                outer.traceId(),
                outer.door());
        Received inner = new Received(received.who(), call, received.at());
        Step<Examined> examined = examined(new Authenticated(inner, who.policy(), who.principal()));
        return switch (examined) {
            case Step.Refused<Examined> refused -> Step.pass(AuthZen.response(refused.why()));
            case Step.Passed<Examined> passed ->
                gateway.decide()
                        .ruled(passed.state())
                        .then(ruled -> journal.authorised(passed.state().from(), ruled, Optional.empty())
                                .then(_ -> Step.pass(AuthZen.response(new AuthorizationEnvelope(
                                        ruled.decision(), ruled.operation(), Optional.empty())))));
        };
    }

    /// Asking changes nothing, and takes nothing of what changes may take.
    private static Step<Contained> asked(Contained contained) {
        contained.held().effect().giveBack();
        return Step.pass(contained);
    }

    private Step<Authenticated> authenticated(Received received) {
        return told(received, gateway.authenticate().apply(received));
    }

    private Step<Examined> examined(Authenticated authenticated) {
        return gateway.refusals()
                .early(authenticated, gateway.validate().apply(authenticated))
                .then(state -> told(state, gateway.contain().apply(state)))
                .then(Authorizations::asked)
                .then(state -> told(state, gateway.assess().apply(state)))
                .then(state -> told(state, gateway.examine().apply(state)));
    }

    private <T> Step<T> told(State state, Step<T> step) {
        return gateway.refusals().of(state, step);
    }
}

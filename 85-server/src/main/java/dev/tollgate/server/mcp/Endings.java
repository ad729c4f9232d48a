// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sends the end of a request: which HTTP status and which reply an outcome has in each era.
final class Endings {
    private final Replies replies;
    private final RequestStates states;
    private final Identities identities;
    private final Challenge challenge;

    Endings(Replies replies, RequestStates states, Identities identities, Challenge challenge) {
        this.replies = replies;
        this.states = states;
        this.identities = identities;
        this.challenge = challenge;
    }

    void send(Asked asked, boolean modern, Outcome outcome) {
        Value id = asked.request().id();
        Line line = asked.line();
        Turn turn = line.turn();
        switch (outcome) {
            case Outcome.Done done ->
                line.finish(200, replies.result(id, turn.id(), modern, kept(asked, modern, done.result())));
            case Outcome.Answered answered ->
                line.finish(200, replies.answered(id, turn.id(), modern, answered.answer()));
            case Outcome.Ask ask -> ask(asked, modern, ask);
            case Outcome.Elsewhere elsewhere -> line.finish(200, elsewhere(id, elsewhere));
            case Outcome.Refused refused -> refuse(asked, modern, refused.why());
            case Outcome.Invalid invalid ->
                line.finish(200, error(id, Protocol.INVALID_PARAMS, invalid.why(), invalid.data()));
            case Outcome.NoMethod _ ->
                line.finish(
                        modern ? 404 : 200, error(id, Protocol.METHOD_NOT_FOUND, "method not found", Optional.empty()));
            case Outcome.Mismatch mismatch -> {
                turn.misread("header mismatch");
                line.finish(
                        modern ? 400 : 200,
                        error(
                                id,
                                modern ? Protocol.HEADER_MISMATCH : Protocol.INVALID_PARAMS,
                                "header mismatch: " + mismatch.why(),
                                Optional.empty()));
            }
            case Outcome.Lacking lacking -> lacking(asked, modern, lacking.required());
            case Outcome.Gone _ -> line.hangUp();
        }
    }

    /// The reply to a message that is no request of a known principal yet.
    void refuse(Turn turn, Optional<Value> id, Refusal why) {
        switch (Refusals.of(why)) {
            case Refusals.Said.Failure said -> {
                headers(turn, said);
                turn.reply(
                        said.status(),
                        Replies.error(id, said.code(), said.message(), Optional.empty())
                                .buffer());
            }
            case Refusals.Said.Result said ->
                turn.reply(
                        403,
                        Replies.error(id, Protocol.INVALID_REQUEST, said.why().explain(), Optional.empty())
                                .buffer());
        }
    }

    private void refuse(Asked asked, boolean modern, Refusal why) {
        Value id = asked.request().id();
        switch (Refusals.of(why)) {
            case Refusals.Said.Failure said -> {
                headers(asked.line().turn(), said);
                asked.line().finish(said.status(), error(id, said.code(), said.message(), Optional.empty()));
            }
            case Refusals.Said.Result said -> {
                boolean tool = asked.request().method().equals("tools/call");
                asked.line()
                        .finish(
                                200,
                                tool
                                        ? replies.refused(
                                                id, asked.line().turn().id(), modern, said.why())
                                        : error(
                                                id,
                                                Protocol.INVALID_PARAMS,
                                                said.why().explain(),
                                                Optional.empty()));
            }
        }
    }

    private void headers(Turn turn, Refusals.Said.Failure said) {
        if (said.status() == 401) {
            challenge.unauthenticated(turn);
        }
        if (said.status() == 403) {
            challenge.insufficientScope(turn);
        }
        Replies.retryAfter(said.why())
                .ifPresent(wait -> turn.with("Retry-After", Long.toString(Replies.seconds(wait))));
    }

    private void ask(Asked asked, boolean modern, Outcome.Ask ask) {
        Optional<InputRequest> beyond = ask.inputs().values().stream()
                .filter(input -> !asked.client().can(input))
                .findFirst();
        if (beyond.isPresent()) {
            lacking(asked, modern, ClientAbilities.required(beyond.get()));
            return;
        }
        Step<String> principal = asked.principal().map(Step::pass).orElseGet(() -> identities.name(asked.who()));
        switch (principal) {
            case Step.Refused<String> refused -> refuse(asked, modern, refused.why());
            case Step.Passed<String> passed -> {
                Message.Request request = asked.request();
                Optional<String> state = ask.state()
                        .map(told -> states.close(
                                passed.state(), request.method(), Asked.name(request), Asked.arguments(request), told));
                asked.line()
                        .finish(
                                200,
                                replies.inputRequired(
                                        request.id(), asked.line().turn().id(), ask.inputs(), state));
            }
        }
    }

    private static JsonWriter elsewhere(Value id, Outcome.Elsewhere elsewhere) {
        List<Value> pages = new ArrayList<>();
        elsewhere.pages().forEach((name, page) -> {
            Map<String, Value> params = new TreeMap<>(page.params().values());
            params.put("elicitationId", Value.of(name));
            pages.add(new Value.Fields(params));
        });
        Value.Fields data = new Value.Fields(Map.of("elicitations", new Value.Items(pages)));
        return error(id, Protocol.URL_REQUIRED, "a person must visit a page first", Optional.of(data));
    }

    private void lacking(Asked asked, boolean modern, Value.Fields required) {
        Value.Fields data = new Value.Fields(Map.of("requiredCapabilities", required));
        asked.line()
                .finish(
                        modern ? 400 : 200,
                        error(
                                asked.request().id(),
                                modern ? Protocol.MISSING_CAPABILITY : Protocol.INVALID_PARAMS,
                                "the client lacks a capability that this needs",
                                Optional.of(data)));
    }

    private static Value.Fields kept(Asked asked, boolean modern, Value.Fields result) {
        return modern ? Methods.cacheable(asked.request().method(), result) : result;
    }

    private static JsonWriter error(Value id, int code, String message, Optional<Value.Fields> data) {
        return Replies.error(Optional.of(id), code, message, data);
    }
}

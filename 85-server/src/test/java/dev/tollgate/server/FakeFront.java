// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A gateway with two principals: alice may call `contact_get` and `deal_get`, bob `contact_get`. What a call
/// gives can be set; what was called can be looked at.
final class FakeFront implements Front {
    static final Value.Fields EMPTY = new Value.Fields(Map.of());

    final List<String> unread = Collections.synchronizedList(new ArrayList<>());
    final List<ToolCall> calls = Collections.synchronizedList(new ArrayList<>());
    volatile Function<ToolCall, Step<Answer>> answer = _ -> Step.pass(new Answer(sample(), 7));
    volatile Function<Value.Fields, Step<Value.Fields>> decision =
            _ -> Step.pass(new Value.Fields(Map.of("decision", Value.of(true))));

    static Value.Fields sample() {
        return new Value.Fields(Map.of(
                "policy",
                Value.of("sha256:ab"),
                "record",
                new Value.Fields(Map.of(
                        "name",
                        Value.of("Zoë \"Z\" \\ Smith\n"),
                        "amount",
                        new Value.Num(new java.math.BigDecimal("1234.50"))))));
    }

    @RevealsSecret("a test tells its principals apart by their tokens")
    private static String bearer(Credentials who) {
        return who.token().map(secret -> secret.reveal()).orElse("");
    }

    /// Names the principal of a test token.
    Step<String> name(Credentials who) {
        String bearer = bearer(who);
        return bearer.startsWith("alice") || bearer.startsWith("bob")
                ? Step.pass(bearer.split("-", 2)[0])
                : Step.refuse(new Refusal.Unauthenticated());
    }

    @Override
    public Step<List<ToolListing>> tools(Credentials who) {
        return name(who)
                .then(name -> Step.pass(
                        name.equals("alice")
                                ? List.of(tool("contact_get"), tool("deal_get"))
                                : List.of(tool("contact_get"))));
    }

    static ToolListing tool(String name) {
        Value.Fields id = new Value.Fields(Map.of("type", Value.of("string")));
        Value.Fields input = new Value.Fields(Map.of(
                "type", Value.of("object"),
                "properties", new Value.Fields(Map.of("id", id)),
                "required", Value.texts(List.of("id")),
                "additionalProperties", Value.of(false)));
        Value.Fields output = new Value.Fields(Map.of("type", Value.of("object")));
        return new ToolListing(new ToolName(name), "Title of " + name, "Gets it", input, output, true, true);
    }

    @Override
    public Step<Answer> call(Credentials who, ToolCall call) {
        return tools(who).then(tools -> {
            if (tools.stream().noneMatch(tool -> tool.name().equals(call.tool()))) {
                return Step.refuse(new Refusal.UnknownTool(call.tool()));
            }
            calls.add(call);
            return answer.apply(call);
        });
    }

    @Override
    public Step<Value.Fields> evaluate(Credentials who, Value.Fields request) {
        return name(who).then(_ -> decision.apply(request));
    }

    @Override
    public void unread(Credentials who, RequestId request, Refusal.Malformed why) {
        unread.addAll(why.problems());
    }
}

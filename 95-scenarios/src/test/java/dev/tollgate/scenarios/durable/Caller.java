// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.durable;

import dev.tollgate.scenarios.harness.WireClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// An agent that reads, asks for decision tokens and spends them until its gateway is gone, and keeps what it heard.
final class Caller implements Runnable {
    private static final String TOKEN = "dev.tollgate/decision-token";

    private final WireClient agent;
    private final String id;
    private final List<String> released = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> spent = new ArrayList<>();
    private final List<String> inDoubt = new ArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();

    /// @param agent the connection; closed at the end
    /// @param id    the account that it reads
    Caller(WireClient agent, String id) {
        this.agent = agent;
        this.id = id;
    }

    @Override
    public void run() {
        try (agent) {
            while (!Thread.currentThread().isInterrupted()) {
                keep(agent.call("account_get", arguments()));
                WireClient.Reply asked = keep(agent.call(
                        "request_authorization", "{\"tool\":\"account_get\",\"arguments\":" + arguments() + "}"));
                String token = asked.structured().path("token").asString("");
                if (!token.isEmpty()) {
                    inDoubt.add(token);
                    if (keep(spend(agent, id, token)).passed()) {
                        spent.add(token);
                    }
                    inDoubt.remove(token);
                }
            }
        } catch (UncheckedIOException _) {
            // The gateway was killed: that is what it is for.
        }
    }

    private String arguments() {
        return "{\"id\":\"" + id + "\"}";
    }

    /// Presents a decision token with the call that it was given for.
    static WireClient.Reply spend(WireClient agent, String id, String token) {
        return agent.call("account_get", "{\"id\":\"" + id + "\"}", Map.of(TOKEN, "\"" + token + "\""));
    }

    private WireClient.Reply keep(WireClient.Reply reply) {
        String request = reply.exchange().headers().getOrDefault("x-request-id", "none");
        boolean call = !reply.exchange().sent().contains("\"name\":\"request_authorization\"");
        (reply.passed() && call ? released : refused).add(request);
        answers.incrementAndGet();
        return reply;
    }

    /// Answers heard so far.
    int answers() {
        return answers.get();
    }

    /// The account that it reads.
    String id() {
        return id;
    }

    /// Requests whose answers were released. To be asked for when the caller has ended, like what follows.
    List<String> released() {
        return released;
    }

    /// Requests that got any other answer.
    List<String> otherwise() {
        return refused;
    }

    /// Tokens that bought something.
    List<String> spent() {
        return spent;
    }

    /// Tokens that were presented and of whose fate nothing was heard.
    List<String> inDoubt() {
        return inDoubt;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.scenarios;

import dev.tollgate.cli.demo.McpAgent;
import dev.tollgate.terms.Delegation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Replays cases with a scripted agent that does whatever the case says: each step is a call through the gateway, and
/// what it tells is remembered or not as of any agent. Prints a line `{id, verdict, rule}` for each case.
public final class Replay {
    private static final Pattern RULE = Pattern.compile("rule `([^`]{1,128})`");
    private static final JsonMapper JSON = new JsonMapper();

    private final Function<Map<String, String>, Stage> stages;
    private final PrintWriter out;

    /// @param stages makes a gateway with these contracts
    public Replay(Function<Map<String, String>, Stage> stages, PrintWriter out) {
        this.stages = stages;
        this.out = out;
    }

    /// Replays cases in their order.
    ///
    /// @throws IOException when the gateway does not answer
    public void run(List<Case> cases) throws IOException {
        ToolBook book = ToolBook.of(cases);
        try (Stage stage = stages.apply(book.contracts())) {
            for (Case one : cases) {
                print(one, verdict(stage, book, one));
            }
        }
    }

    private static McpAgent.Reply verdict(Stage stage, ToolBook book, Case one) throws IOException {
        String request = one.request().length() > Delegation.REQUEST_CHARS_MAX
                ? one.request().substring(0, Delegation.REQUEST_CHARS_MAX)
                : one.request();
        try (McpAgent agent = new McpAgent(stage.endpoint(), stage.token(request))) {
            for (Case.Call step : one.steps()) {
                call(stage, book, agent, step);
            }
            return call(stage, book, agent, one.checked());
        }
    }

    private static McpAgent.Reply call(Stage stage, ToolBook book, McpAgent agent, Case.Call call) throws IOException {
        stage.tells(ToolBook.column(call), call.told());
        return agent.call(book.name(call), book.arguments(call));
    }

    private void print(Case one, McpAgent.Reply reply) {
        ObjectNode line = JSON.createObjectNode();
        line.put("id", one.id());
        line.put("verdict", reply.refused() ? "deny" : "allow");
        line.put("rule", reply.refused() ? refusing(reply.text()) : permitting(reply.structured()));
        out.println(JSON.writeValueAsString(line));
        out.flush();
    }

    /// The rule that a refusal names, or the refusal itself when it has none.
    private static String refusing(String text) {
        Matcher rule = RULE.matcher(text);
        return rule.find() ? rule.group(1) : text;
    }

    private static String permitting(JsonNode answer) {
        return answer.path("records")
                .path(0)
                .path("tags")
                .path("id")
                .path("rule")
                .asString("");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.demo;

import dev.tollgate.cli.demo.Paint.Cell;
import dev.tollgate.cli.demo.Paint.Ink;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.View;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Runs the stories against a gateway and shows each field: in which view it came, under which rule, and why not.
public final class Demo {
    /// Issues a token for a story.
    public interface Tokens {
        /// A bearer token.
        ///
        /// @param customer the customer that the task is about; empty when it is about none
        SecretValue issue(String agent, String user, List<String> scopes, String workflow, String customer);
    }

    private final URI endpoint;
    private final Tokens tokens;
    private final Paint paint;
    private String account = "";
    private int violations;

    /// @param endpoint the MCP endpoint
    public Demo(URI endpoint, Tokens tokens, Paint paint) {
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.paint = paint;
    }

    /// Runs every story.
    ///
    /// @return how many fields came in a view that policy does not permit, and calls that ended otherwise than they
    /// must
    /// @throws IOException when the gateway does not answer
    public int run() throws IOException {
        for (Story story : Stories.all()) {
            tell(story);
        }
        paint.heading(
                violations == 0 ? "Nothing came in a view that policy does not permit" : "VIOLATIONS: " + violations);
        paint.line("   who did what: ./tollgate audit ask   ·   is the log intact: ./tollgate audit verify", Ink.DIM);
        return violations;
    }

    private void tell(Story story) throws IOException {
        paint.heading(story.title());
        String customer = story.bound() ? account : "";
        SecretValue token = tokens.issue(story.agent(), story.user(), story.scopes(), story.workflow(), customer);
        try (McpAgent agent = new McpAgent(endpoint, token)) {
            paint.line("   tools this delegation sees: " + String.join(", ", agent.tools()), Ink.DIM);
            for (Story.Ask ask : story.calls()) {
                show(ask, agent.call(ask.tool(), ask.arguments().replace("$account", account)));
            }
        }
    }

    private void show(Story.Ask ask, McpAgent.Reply reply) {
        paint.line("", Ink.PLAIN);
        paint.line(" ▸ " + ask.why() + "  →  " + ask.tool(), Ink.BLUE);
        if (reply.refused()) {
            paint.line("   refused: " + Paint.safe(reply.text()), ask.refused() ? Ink.GREEN : Ink.RED);
        }
        if (reply.refused() != ask.refused()) {
            violation("the call should have been " + (ask.refused() ? "refused" : "answered"));
        }
        for (JsonNode row : reply.structured().path("records")) {
            if (account.isEmpty() && row.path("values").path("id").isString()) {
                account = row.path("values").path("id").stringValue();
            }
            paint.table(List.of("field", "view", "value", "decided by"), fields(ask, row));
        }
        if (!reply.refused() && reply.structured().path("records").isEmpty()) {
            paint.line("   no records", Ink.DIM);
        }
    }

    private List<List<Cell>> fields(Story.Ask ask, JsonNode row) {
        Map<String, JsonNode> tags = new TreeMap<>();
        row.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        TreeSet<String> names = new TreeSet<>(tags.keySet());
        row.path("values").properties().forEach(value -> names.add(value.getKey()));
        List<List<Cell>> rows = new ArrayList<>();
        for (String name : names) {
            JsonNode tag = tags.get(name);
            View view = tag == null ? View.CLEAR : view(tag.path("view").asString("clear"));
            View most = ask.permitted().getOrDefault(name, View.WITHHELD);
            JsonNode value = row.path("values").path(name);
            check(name, view, most, value);
            String reason = tag == null ? "" : tag.path("reason").asString("");
            String rule = tag == null ? "NO TAG" : tag.path("rule").asString("");
            rows.add(List.of(
                    new Cell(name, Ink.PLAIN),
                    new Cell(view.word(), ink(view)),
                    new Cell(value.isMissingNode() ? "–" : text(value), view == View.WITHHELD ? Ink.DIM : Ink.PLAIN),
                    new Cell(reason.isEmpty() ? rule : rule + " (" + reason + ")", Ink.DIM)));
        }
        return rows;
    }

    private void check(String name, View view, View most, JsonNode value) {
        if (view.compareTo(most) > 0) {
            violation("field " + name + " came " + view.word() + ", policy permits " + most.word());
        }
        boolean placeholder = value.isMissingNode() || text(value).contains("unavailable");
        if (view == View.WITHHELD && !placeholder) {
            violation("field " + name + " is tagged withheld and has a value");
        }
        boolean masked = value.isNull() || value.isMissingNode() || text(value).matches(".*(\\*|…|–|\\.|^\\d{4}$).*");
        if (view == View.MASKED && !masked) {
            violation("field " + name + " is tagged masked and is not");
        }
    }

    private void violation(String what) {
        violations++;
        paint.line("   ✗ " + what, Ink.RED);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static View view(String word) {
        return View.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Ink ink(View view) {
        return switch (view) {
            case CLEAR -> Ink.GREEN;
            case MASKED, HANDLE -> Ink.YELLOW;
            case WITHHELD -> Ink.RED;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.gateway.ModelFront.Format;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a request to a model may say. A provider does more than answer: it looks pages up, runs code, keeps what it is
/// given, fetches pictures from anywhere. Each is a way out past the gate, so only what is known to be none goes on.
final class Requests {
    private static final Set<String> BOTH =
            Set.of("model", "messages", "stream", "temperature", "top_p", "tools", "tool_choice");

    private static final Set<String> CHAT = Set.of(
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "n",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "response_format",
            "parallel_tool_calls",
            "reasoning_effort",
            "verbosity");

    private static final Set<String> MESSAGES =
            Set.of("system", "max_tokens", "stop_sequences", "top_k", "thinking", "output_config");

    /// Members whose text a provider fetches something from.
    private static final Set<String> FETCHED = Set.of("url", "image_url", "file_url", "file_id", "server_url");

    private static final String INLINE = "data:";

    private Requests() {}

    /// The model that a request names.
    static Optional<String> model(Value.Fields body) {
        return body.values().get("model") instanceof Value.Text(String name) ? Optional.of(name) : Optional.empty();
    }

    /// Whether the answer is to come piece by piece.
    static boolean streams(Value.Fields body) {
        return Value.of(true).equals(body.values().get("stream"));
    }

    /// What is wrong with a request; nothing when nothing is. Names members of ours, never the caller's words.
    static List<String> problems(Format format, Value.Fields body) {
        List<String> problems = new ArrayList<>();
        Set<String> known = new TreeSet<>(BOTH);
        known.addAll(format == Format.CHAT_COMPLETIONS ? CHAT : MESSAGES);
        if (model(body).isEmpty()) {
            problems.add("`/model` names a model of your zone");
        }
        if (!(body.values().get("messages") instanceof Value.Items)) {
            problems.add("`/messages` is a list");
        }
        if (!known.containsAll(body.values().keySet())) {
            problems.add("a member is none of " + String.join(", ", known));
        }
        Value many = body.values().get("n");
        if (many != null && !many.equals(Value.of(1))) {
            problems.add("`/n` is 1");
        }
        if (!toolsAreTheCallers(format, body.values().get("tools"))) {
            problems.add("`/tools` are tools that the caller runs itself, not the provider");
        }
        if (fetches(body)) {
            problems.add("content is in the request itself: a URL in it begins with `data:`");
        }
        return problems;
    }

    private static boolean toolsAreTheCallers(Format format, @org.jspecify.annotations.Nullable Value tools) {
        String own = format == Format.CHAT_COMPLETIONS ? "function" : "custom";
        return switch (tools) {
            case null -> true;
            case Value.Items(List<Value> all) ->
                all.stream()
                        .allMatch(tool -> tool instanceof Value.Fields(Map<String, Value> fields)
                                && Value.of(own)
                                        .equals(fields.getOrDefault(
                                                "type", format == Format.MESSAGES ? Value.of(own) : Value.NULL)));
            case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Fields _, Value.Null _ ->
                false;
        };
    }

    /// Looks at content only: a tool's own arguments may be called what they like.
    private static boolean fetches(Value.Fields body) {
        return fetches(body.values().get("messages")) || fetches(body.values().get("system"));
    }

    private static boolean fetches(@org.jspecify.annotations.Nullable Value value) {
        return switch (value) {
            case null -> false;
            case Value.Items(List<Value> items) -> items.stream().anyMatch(Requests::fetches);
            case Value.Fields(Map<String, Value> fields) ->
                fields.entrySet().stream().anyMatch(entry -> fetches(entry.getKey(), entry.getValue()));
            case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> false;
        };
    }

    private static boolean fetches(String name, Value value) {
        if (name.equals("input") || name.equals("arguments")) {
            return false;
        }
        boolean address =
                FETCHED.contains(name) && value instanceof Value.Text(String text) && !text.startsWith(INLINE);
        return address || fetches(value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.models;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What providers and their clients say to each other, by format.
enum Speech {
    CHAT(Models.CHAT),
    MESSAGES(Models.MESSAGES);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MINI = "stub-mini-2026-10-01-build7";
    private static final String HAIKU = "stub-haiku-20261001-build7";

    private final String path;

    Speech(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /// A request.
    String asks(String model, String text, boolean stream) {
        return "{\"model\":" + quoted(model) + ",\"max_tokens\":100,\"temperature\":0.7,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":" + quoted(text) + "}]}";
    }

    /// A whole answer.
    String says(String text) {
        return switch (this) {
            case CHAT ->
                "{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\"" + MINI + "\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":" + quoted(text)
                        + "},\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":12}}";
            case MESSAGES ->
                "{\"id\":\"m1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + HAIKU + "\",\"content\":["
                        + "{\"type\":\"text\",\"text\":" + quoted(text) + "}],\"stop_reason\":\"end_turn\"}";
        };
    }

    /// An answer in pieces.
    List<String> streams(List<String> pieces) {
        List<String> events = new ArrayList<>();
        switch (this) {
            case CHAT -> {
                events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
                pieces.forEach(piece -> events.add(chunk("{\"content\":" + quoted(piece) + "}", "null")));
                events.add(chunk("{}", "\"stop\""));
                events.add("data: [DONE]\n\n");
            }
            case MESSAGES -> {
                events.add(event(
                        "message_start", "\"message\":{\"model\":\"stub-haiku-20261001-build7\",\"content\":[]}"));
                events.add(event(
                        "content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
                events.add(event("ping", "\"index\":0"));
                pieces.forEach(piece -> events.add(event(
                        "content_block_delta",
                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(piece) + "}")));
                events.add(event("content_block_stop", "\"index\":0"));
                events.add(event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}"));
                events.add(event("message_stop", "\"index\":0"));
            }
        }
        return events;
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"" + MINI + "\",\"choices\":["
                + "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static String event(String type, String more) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + more + "}\n\n";
    }

    /// The text that a client reads from a whole answer.
    String read(String body) {
        JsonNode json = JSON.readTree(body);
        return switch (this) {
            case CHAT -> json.at("/choices/0/message/content").asString("");
            case MESSAGES -> json.at("/content/0/text").asString("");
        };
    }

    /// The text that a client reads from a stream.
    String heard(String stream) {
        StringBuilder text = new StringBuilder();
        for (String data : data(stream)) {
            if (!data.equals("[DONE]")) {
                JsonNode json = JSON.readTree(data);
                text.append(
                        switch (this) {
                            case CHAT -> json.at("/choices/0/delta/content").asString("");
                            case MESSAGES -> json.at("/delta/text").asString("");
                        });
            }
        }
        return text.toString();
    }

    /// What the events of a stream carry.
    static List<String> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}

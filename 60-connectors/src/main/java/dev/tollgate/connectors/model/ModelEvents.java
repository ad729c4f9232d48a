// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.model;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Server-sent events as providers send them (WHATWG HTML, "Server-sent events"). For one thread.
public final class ModelEvents {
    /// One event: a piece of a text, or the arguments of a tool.
    private static final int EVENT_BYTES_MAX = 1 << 20;

    /// All events of one answer.
    private static final long BYTES_MAX = 32L << 20;

    private static final String DATA = "data:";
    private static final String EVENT = "event:";

    private final InputStream in;
    private long bytes;

    ModelEvents(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /// One event.
    ///
    /// @param name its kind, when it says one
    /// @param data what it carries
    public record Event(Optional<String> name, String data) {}

    /// The next event that carries something; nothing at the end.
    ///
    /// @throws IOException when the provider goes in the middle of one, or says more than it may
    public Optional<Event> next() throws IOException {
        Optional<String> name = Optional.empty();
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            String text = line.get();
            if (text.isEmpty() && any) {
                return Optional.of(new Event(name, data.toString()));
            }
            if (text.isEmpty()) {
                name = Optional.empty();
            } else if (text.startsWith(DATA)) {
                data.append(any ? "\n" : "").append(value(text, DATA));
                any = true;
            } else if (text.startsWith(EVENT)) {
                name = Optional.of(value(text, EVENT));
            }
            if (data.length() > EVENT_BYTES_MAX) {
                throw new IOException("an event is too long");
            }
        }
        if (any) {
            throw new IOException("the stream ends within an event");
        }
        return Optional.empty();
    }

    private static String value(String line, String field) {
        String value = line.substring(field.length());
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            bytes++;
            if (line.size() > EVENT_BYTES_MAX || bytes > BYTES_MAX) {
                throw new IOException("the stream is too long");
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            line.write(next);
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}

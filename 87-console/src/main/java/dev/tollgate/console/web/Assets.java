// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.web;

import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The few files that pages load. From the jar, held in memory: there is nothing to ask a disk or a network for.
public final class Assets {
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final Map<String, Asset> byName = new HashMap<>();

    private record Asset(String type, ByteBuffer bytes) {}

    public Assets() {
        add("console.css", "text/css; charset=utf-8", "/console/console.css");
        add("console.js", SCRIPT, "/console/console.js");
        add("mark.svg", "image/svg+xml", "/console/mark.svg");
        add("htmx.js", SCRIPT, "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
    }

    /// Replies with a file.
    public void serve(Turn turn, String name) {
        Asset asset = byName.get(name);
        if (asset == null || !turn.method().equals("GET")) {
            Problems.reply(turn, 404, "not_found", "there is nothing here");
            return;
        }
        turn.with("Cache-Control", "private, max-age=300")
                .reply(200, asset.type(), asset.bytes().duplicate());
    }

    private void add(String name, String type, String resource) {
        try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource)) {
            byName.put(name, new Asset(type, ByteBuffer.wrap(in.readAllBytes()).asReadOnlyBuffer()));
        } catch (IOException broken) {
            throw new UncheckedIOException("a file of the console cannot be read", broken);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.models;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.model.ModelPlace;
import dev.tollgate.connectors.model.ModelPlace.Format;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A whole gateway with models of a stub provider: `small` and `large` by either format.
record Models(StubProvider provider, MovingClock clock, GatewayUnderTest gateway) implements AutoCloseable {
    /// What the provider is paid with.
    static final String KEY = "provider-key-canary-91724";

    static final String CHAT = "/v1/chat/completions";
    static final String MESSAGES = "/v1/messages";

    static Models open(Path folder) throws IOException {
        StubProvider provider = StubProvider.start();
        Path data = folder.resolve("data");
        Path secret = data.resolve("secrets/provider-key");
        Files.createDirectories(
                secret.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, KEY);
        URI url = URI.create(provider.url());
        List<ModelPlace> places = List.of(
                new ModelPlace("small", Format.OPENAI, "stub-mini-2026-10-01", url, "provider-key"),
                new ModelPlace("large", Format.OPENAI, "stub-maxi-2026-10-01", url, "provider-key"),
                new ModelPlace("small", Format.ANTHROPIC, "stub-haiku-20261001", url, "provider-key"));
        Configuration from = GatewayUnderTest.withBundle(
                GatewayUnderTest.embedded(data),
                BundleFolder.copy("default", folder.resolve("bundle")).generous());
        Configuration configuration = new Configuration(
                from.listen(),
                from.data(),
                from.bundle(),
                from.store(),
                from.secrets(),
                from.systems(),
                from.demo(),
                from.log(),
                from.telemetry(),
                from.console(),
                from.fixtures(),
                from.egress(),
                places);
        MovingClock clock = new MovingClock();
        return new Models(provider, clock, GatewayUnderTest.start(configuration, clock));
    }

    /// The token of an agent whose zone has both models.
    String token() {
        return gateway.bearer(Ask.as("sales-copilot", "alice", "prepare-sales-call"));
    }

    /// The token of an agent whose zone has the small one.
    String humble() {
        return gateway.bearer(Ask.as("delivery-assistant", "bob", "respond-delivery-status"));
    }

    RawHttp.Exchange ask(String path, String body) {
        return ask(path, token(), body);
    }

    /// Asks as clients of either provider do.
    RawHttp.Exchange ask(String path, String token, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String key = path.equals(MESSAGES) ? "x-api-key: " : "Authorization: Bearer ";
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n" + key + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        try (RawHttp http = new RawHttp(gateway.port())) {
            return http.exchange(
                    (head + new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Entries of a kind about models, oldest first.
    List<JsonNode> entries(String kind) {
        return LogEntries.of(gateway).of(kind).stream()
                .filter(entry -> entry.at("/call/system").asString("").equals("model")
                        || entry.has("traffic")
                        || entry.path("tool").asString("").equals("model"))
                .toList();
    }

    /// The newest outcome.
    JsonNode outcome() {
        return Optional.of(entries("outcome")).map(List::getLast).orElseThrow();
    }

    @Override
    public void close() {
        gateway.close();
        provider.close();
    }
}

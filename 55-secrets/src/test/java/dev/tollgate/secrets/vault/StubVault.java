// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on loopback with the wire format of Vault's HTTP API, as its documentation prints it: KV version 2,
/// tokens that are looked up and renewed, the Kubernetes login, leases of an engine, and its failures.
final class StubVault implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ERRORS = "{\"errors\":[\"1 error occurred: permission denied for hvs.QUOTED\"]}";

    private final HttpServer server;
    final Map<String, String> kv = new ConcurrentHashMap<>();
    final Set<String> tokens = Collections.synchronizedSet(new HashSet<>());
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch slow = new CountDownLatch(1);
    volatile String jwt = "service-account-jwt";
    volatile long tokenSeconds = 3_600;
    volatile long leaseSeconds = 600;
    volatile boolean sealed;
    volatile boolean hang;
    volatile String raw = "";
    private int logins;
    private int leases;

    StubVault() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/", this::serve);
        server.createContext("/elsewhere", exchange -> send(exchange, 200, "{}"));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    long count(String start) {
        return asked.stream().filter(line -> line.startsWith(start)).count();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        String namespace = String.valueOf(exchange.getRequestHeaders().getFirst("X-Vault-Namespace"));
        asked.add(exchange.getRequestMethod() + " " + path + " ns=" + namespace);
        String body;
        try (InputStream in = exchange.getRequestBody()) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (hang) {
            hold();
        }
        if (!raw.isEmpty()) {
            send(exchange, 200, raw);
        } else if (sealed) {
            send(exchange, 503, "{\"errors\":[\"Vault is sealed\"]}");
        } else if (path.equals("moved/data/tollgate/crm")) {
            exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            send(exchange, 307, "");
        } else if (path.startsWith("auth/") && path.endsWith("/login")) {
            enter(exchange, body);
        } else if (!tokens.contains(token)) {
            send(exchange, 403, ERRORS);
        } else {
            known(exchange, path, body);
        }
    }

    private void hold() {
        try {
            slow.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void enter(HttpExchange exchange, String body) throws IOException {
        JsonNode login = JSON.readTree(body);
        if (!login.path("jwt").asString("").equals(jwt)
                || !login.path("role").asString("").equals("gateway")) {
            send(exchange, 403, ERRORS);
            return;
        }
        logins++;
        String token = "hvs.login-" + logins;
        tokens.add(token);
        send(exchange, 200, """
                {"request_id":"r","lease_id":"","renewable":false,"lease_duration":0,"data":null,"auth":{"client_token":
                "%s","accessor":"a","policies":["default"],"lease_duration":%d,"renewable":true}}
                """.formatted(token, tokenSeconds));
    }

    private void known(HttpExchange exchange, String path, String body) throws IOException {
        switch (path) {
            case "auth/token/lookup-self" ->
                send(exchange, 200, "{\"data\":{\"ttl\":" + tokenSeconds + ",\"renewable\":true,\"policies\":[]}}");
            case "auth/token/renew-self" ->
                send(
                        exchange,
                        200,
                        "{\"auth\":{\"client_token\":\"x\",\"lease_duration\":" + tokenSeconds
                                + ",\"renewable\":true}}");
            case "sys/leases/renew" ->
                send(
                        exchange,
                        200,
                        "{\"lease_id\":" + JSON.readTree(body).path("lease_id") + ",\"lease_duration\":" + leaseSeconds
                                + ",\"renewable\":true}");
            case "sys/leases/revoke" -> send(exchange, 204, "");
            case "database/creds/crm" -> {
                leases++;
                send(exchange, 200, """
                        {"lease_id":"database/creds/crm/%d","renewable":true,"lease_duration":%d,"data":{"username":"u",
                        "password":"made-%d"}}""".formatted(leases, leaseSeconds, leases));
            }
            case "secret/data/tollgate/forbidden" -> send(exchange, 403, ERRORS);
            default -> keyValue(exchange, path);
        }
    }

    private void keyValue(HttpExchange exchange, String path) throws IOException {
        String value = kv.get(path);
        if (value == null) {
            send(exchange, 404, "{\"errors\":[]}");
        } else if (value.equals("deleted")) {
            // What KV version 2 answers for a version that was deleted.
            send(exchange, 404, """
                    {"lease_id":"","lease_duration":0,"data":{"data":null,"metadata":{"deletion_time":
                    "2026-11-21T09:00:00Z","destroyed":false,"version":2}}}""");
        } else {
            send(exchange, 200, """
                    {"request_id":"r","lease_id":"","renewable":false,"lease_duration":0,"data":{"data":%s,"metadata":
                    {"created_time":"2026-11-21T09:00:00Z","deletion_time":"","destroyed":false,"version":3}},"auth":null}
                    """.formatted(value));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        slow.countDown();
        server.stop(0);
    }
}

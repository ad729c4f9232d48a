// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.identity.proof.LocalIdentity;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.SpiffeId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An agent's way to tokens: forms to the token endpoint, as bytes, and proofs of the local trust domain.
final class TokenDesk {
    static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String TYPES = "urn:ietf:params:oauth:token-type:";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int port;
    private final Visitor from;
    private final LocalIdentity local;

    TokenDesk(GatewayUnderTest gateway) {
        this(gateway, new Visitor(gateway.port()));
    }

    /// @param from whose connections the forms come on
    TokenDesk(GatewayUnderTest gateway, Visitor from) {
        this.port = gateway.port();
        this.from = from;
        SigningKeys keys = new SigningKeys(gateway.data().resolve("keys"), CryptoProviders.best());
        this.local = new LocalIdentity(
                keys.openOrCreate(SigningKeys.Purpose.IDENTITY), gateway.clock(), Property.random(System.nanoTime()));
    }

    /// What came back.
    record Answer(RawHttp.Exchange exchange, JsonNode body) {
        int status() {
            return exchange.status();
        }

        String error() {
            return body.path("error").asString("");
        }

        String token() {
            return body.path("access_token").asString("");
        }

        Set<String> scopes() {
            String text = body.path("scope").asString("");
            return text.isEmpty() ? Set.of() : new TreeSet<>(Set.of(text.split(" ", -1)));
        }

        /// What the token says: its second part.
        JsonNode claims() {
            byte[] payload = Base64.getUrlDecoder().decode(token().split("\\.", -1)[1]);
            return JSON.readTree(payload);
        }
    }

    /// A JWT-SVID of an agent of the example bundle.
    String agent(String id) {
        return local.workload(
                SpiffeId.parse("spiffe://crm.example/agents/" + id).orElseThrow());
    }

    String person(String id) {
        return local.person(new UserId(id));
    }

    /// The form of an exchange, with the local trust domain's proofs of both.
    Map<String, String> form(String agent, String person, String workflow) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", EXCHANGE);
        form.put("subject_token", person(person));
        form.put("subject_token_type", TYPES + "jwt");
        form.put("actor_token", agent(agent));
        form.put("actor_token_type", TYPES + "jwt");
        form.put("workflow", workflow);
        return form;
    }

    /// The form with which an agent takes over from another.
    Map<String, String> handOn(String token, String agent) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", EXCHANGE);
        form.put("subject_token", token);
        form.put("subject_token_type", TYPES + "access_token");
        form.put("actor_token", agent(agent));
        form.put("actor_token_type", TYPES + "jwt");
        return form;
    }

    Answer ask(Map<String, String> form) {
        return send(encoded(form));
    }

    Answer ask(String agent, String person, String workflow, String scope) {
        Map<String, String> form = form(agent, person, workflow);
        form.put("scope", scope);
        return ask(form);
    }

    Answer send(String body) {
        return send("POST", "/oauth/token", "application/x-www-form-urlencoded", "", body);
    }

    /// The form with proofs of possession.
    Answer proving(Map<String, String> form, String... proofs) {
        String more = Stream.of(proofs).map(proof -> "DPoP: " + proof + "\r\n").collect(Collectors.joining());
        return send("POST", "/oauth/token", "application/x-www-form-urlencoded", more, encoded(form));
    }

    /// @param more further header lines, each with its end
    Answer send(String method, String path, String type, String more, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: " + type
                + "\r\n" + more + "Content-Length: " + bytes.length + "\r\n\r\n";
        try (RawHttp http = from.open()) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(bytes);
            RawHttp.Exchange exchange = http.exchange(request.toByteArray());
            return new Answer(exchange, JSON.readTree(exchange.text().startsWith("{") ? exchange.text() : "{}"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The tools that whoever has a token is shown.
    List<String> tools(String token) {
        try (WireClient client = new WireClient(port, token)) {
            return client.tools().stream()
                    .map(tool -> tool.path("name").asString(""))
                    .toList();
        }
    }

    /// What a call says, whatever it is.
    String called(String token, String tool, String arguments) {
        try (WireClient client = new WireClient(port, token)) {
            return client.call(tool, arguments).exchange().text();
        }
    }

    /// A form as its bytes.
    String encodedForm(Map<String, String> form) {
        return encoded(form);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.Prover;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Everything that thieves, forgers and broken clients present, at every door, from a table; each with
/// its exact refusal.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksTest {
    private static final String ABSENT = "{\"id\":\"acc_999999\",\"fields\":[\"name\"]}";
    private static final int COLUMNS = 6;

    private final Prover owner = new Prover();
    private final Prover thief = new Prover();
    private final ProofForger proofs = new ProofForger(owner, thief);
    private final GatewayUnderTest gateway;
    private final Visitor visitor;
    private final Forger forger;

    private int count;

    AttacksTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        visitor = new Visitor(gateway.port());
        forger = new Forger(data, owner, thief);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /// One line of the table.
    private record Attack(String family, String what, String scheme, String token, String proof, String refusal) {
        static List<Attack> all() throws IOException {
            try (InputStream in = Objects.requireNonNull(AttacksTest.class.getResourceAsStream("attacks.tsv"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t", -1))
                        .map(part -> {
                            assertThat(part).hasSize(COLUMNS);
                            return new Attack(part[0], part[1], part[2], part[3], part[4], part[5]);
                        })
                        .toList();
            }
        }
    }

    /// A door of the gateway.
    private enum Door {
        MCP("/mcp"),
        OLD("/mcp"),
        REST("/v1/tools/account_get"),
        AUTHZEN("/access/v1/evaluation");

        final String path;

        Door(String path) {
            this.path = path;
        }

        Door other() {
            return this == REST ? AUTHZEN : REST;
        }
    }

    private RawHttp.Exchange knock(Door door, String arguments, String target, List<String> headers) {
        String[] all = headers.toArray(String[]::new);
        return switch (door) {
            case MCP -> visitor.modern(target, arguments, all);
            case OLD ->
                visitor.send(
                        "POST",
                        target,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"account_get\","
                                + "\"arguments\":" + arguments + "}}",
                        all);
            case REST -> visitor.send("POST", target, arguments, all);
            case AUTHZEN -> visitor.send("POST", target, evaluation(arguments), all);
        };
    }

    private static String evaluation(String arguments) {
        String id = arguments.contains("999999") ? "acc_999999" : "acc_000001";
        return "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"account_get\"},"
                + "\"resource\":{\"type\":\"account\",\"id\":\"" + id + "\"}}";
    }

    private RawHttp.Exchange tried(Attack attack, Door door, String arguments) {
        count++;
        var now = gateway.clock().instant();
        String token = forger.token(attack.token(), now, "n" + count);
        List<String> headers = new ArrayList<>();
        String target = door.path;
        switch (attack.scheme().split(":", 2)[0]) {
            case "-" -> {}
            case "twice" -> {
                headers.add("Authorization: Bearer " + token);
                headers.add("Authorization: Bearer " + token);
            }
            case "cookie" -> headers.add("Cookie: access_token=" + token + "; Authorization=" + token);
            case "x-api-key" -> headers.add("X-Api-Key: " + token);
            case "forwarded" -> headers.add("X-Forwarded-Authorization: Bearer " + token);
            case "query" -> target += "?access_token=" + token;
            case "query%5F" -> target += "?a=1&access%5Ftoken=" + token;
            case "both" -> {
                target += "?access_token=" + token;
                headers.add("Authorization: Bearer " + token);
            }
            case "forged-certificate" -> {
                headers.add("Authorization: Bearer " + token);
                headers.add("X-Forwarded-Client-Cert: Hash=6f070ad1eb1cdc00820b70766399fe512b17");
                headers.add("Client-Cert: :MIIB:");
            }
            case "host", "origin" -> {
                headers.add("Authorization: Bearer " + token);
                String value = attack.scheme().split(":", 2)[1];
                headers.add((attack.scheme().startsWith("host") ? "Host: " : "Origin: ") + value);
            }
            default -> headers.add("Authorization: " + attack.scheme() + " " + token);
        }
        List<String> shown = proofs.proofs(attack.proof(), visitor.url(door.path), token, now);
        shown.forEach(proof -> headers.add("DPoP: " + proof));
        if (attack.proof().startsWith("used")) {
            Door first = attack.proof().equals("used") ? door : door.other();
            List<String> again = first == door
                    ? headers
                    : List.of(
                            "Authorization: DPoP " + token,
                            "DPoP: " + owner.proof(owner.header(), elsewhere(first, token, shown.getFirst(), now)));
            knock(first, arguments, first.path, again);
        }
        return knock(door, arguments, target, headers);
    }

    /// Claims of a good proof for another door with the id of a proof that is about to be used.
    private java.util.Map<String, String> elsewhere(Door door, String token, String proof, java.time.Instant now) {
        var claims = owner.claims("POST", visitor.url(door.path), token, now);
        String said =
                new String(java.util.Base64.getUrlDecoder().decode(proof.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        claims.put("jti", said.replaceAll(".*\"jti\":(\"[^\"]*\").*", "$1"));
        return claims;
    }

    @Test
    @Requirement("S2-22")
    void every_attack_gets_its_refusal_at_every_door_and_learns_nothing_of_the_record() throws IOException {
        // Given
        List<Attack> attacks = Attack.all();
        Expected expected = new Expected(visitor.url(""));
        SoftAssertions softly = new SoftAssertions();
        Set<String> tried = new LinkedHashSet<>();

        for (Attack attack : attacks) {
            for (Door door : Door.values()) {
                // When
                String name = attack.family() + ": " + attack.what() + " at " + door;
                RawHttp.Exchange existing = tried(attack, door, Visitor.ONE);
                RawHttp.Exchange absent = tried(attack, door, ABSENT);

                // Then
                tried.add(name);
                softly.assertThat(Expected.said(existing))
                        .as(name)
                        .isEqualTo(expected.of(attack.refusal(), door == Door.REST || door == Door.AUTHZEN, existing));
                if (!attack.refusal().equals("passes")) {
                    softly.assertThat(Expected.bytes(absent)).as(name).isEqualTo(Expected.bytes(existing));
                    softly.assertThat(existing.wire()).as(name).doesNotContain("Amber");
                }
            }
        }
        softly.assertAll();
        assertThat(attacks).hasSizeGreaterThanOrEqualTo(150);
        assertThat(tried).as("each case is another one").hasSize(attacks.size() * Door.values().length);
    }
}

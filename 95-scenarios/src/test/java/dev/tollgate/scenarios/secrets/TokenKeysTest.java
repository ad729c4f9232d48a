// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tollgate.scenarios.harness.LaunchedGateway;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway whose signing keys are in a PKCS#11 token, Debian's SoftHSM, through a whole change of the key.
class TokenKeysTest {
    private static final String LIBRARY = "/usr/lib/softhsm/libsofthsm2.so";
    private static final String PIN = "pin-canary-8821";
    private static final String ACCOUNT = "{\"id\":\"acc_000001\",\"fields\":[\"id\",\"name\"]}";
    private static final int SECONDS_MAX = 60;

    @TempDir
    private Path folder;

    private Path config;
    private List<String> environment = List.of();

    @BeforeEach
    void token() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of(LIBRARY)), "Debian's softhsm2 is not installed");
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Path softhsm = Files.writeString(
                folder.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        environment = List.of("env", "SOFTHSM2_CONF=" + softhsm);
        assertThat(run(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "gate",
                        "--pin",
                        PIN,
                        "--so-pin",
                        "so-pin"))
                .contains("initialized");
        Path secrets = Files.createDirectories(folder.resolve("data/secrets"));
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwx------"));
        Path pin = Files.writeString(secrets.resolve("hsm-pin"), PIN + "\n");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        config = Files.writeString(folder.resolve("tollgate.yaml"), """
                keys:
                  library: %s
                  token: gate
                  pin: hsm-pin
                """.formatted(LIBRARY));
    }

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(environment);
        command.addAll(Arrays.asList(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        return out;
    }

    private String tollgate(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(LaunchedGateway.command(environment, Arrays.asList(words)));
        command.addAll(List.of("--data", folder.resolve("data").toString(), "--config", config.toString()));
        return run(command.subList(environment.size(), command.size()).toArray(String[]::new));
    }

    private LaunchedGateway up() throws IOException {
        return LaunchedGateway.start(folder.resolve("data"), environment, List.of("--config", config.toString()));
    }

    private String bearer() throws IOException, InterruptedException {
        return tollgate(
                        "token",
                        "--agent",
                        "sales-copilot",
                        "--user",
                        "alice",
                        "--workflow",
                        "prepare-sales-call",
                        "--scope",
                        "crm:account:read")
                .strip();
    }

    private static JWKSet published(WireClient client) throws java.text.ParseException {
        return JWKSet.parse(client.get("/.well-known/jwks.json").text());
    }

    private static boolean counts(JWKSet keys, String bearer) throws Exception {
        SignedJWT token = SignedJWT.parse(bearer);
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
        if (key == null) {
            return false;
        }
        byte[] raw = key.toOctetKeyPair().getX().decode();
        byte[] encoded = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        check.update(token.getSigningInput());
        return check.verify(token.getSignature().decode());
    }

    @Test
    @Requirement("S1-34")
    void keys_stay_in_the_token_are_published_and_change_without_a_call_that_is_refused() throws Exception {
        String before;
        try (LaunchedGateway gateway = up()) {
            // Given
            before = bearer();
            try (WireClient agent = new WireClient(gateway.port(), before)) {
                assertThat(agent.call("account_get", ACCOUNT).passed()).isTrue();
                JWKSet keys = published(agent);
                assertThat(keys.getKeys()).hasSize(2).allMatch(key -> !key.isPrivate());
                assertThat(counts(keys, before)).isTrue();
            }
            assertThat(folder.resolve("data/keys/delegation.pem")).doesNotExist();
            gateway.stop();
        }

        // When
        String rotated = tollgate("keys", "rotate", "delegation", "--by", "olivia");
        String promoted;
        try (LaunchedGateway gateway = up();
                WireClient agent = new WireClient(gateway.port(), before)) {
            assertThat(agent.call("account_get", ACCOUNT).passed()).isTrue();
            assertThat(published(agent).getKeys()).hasSize(3);
            promoted = tollgate("keys", "promote", "delegation", "--by", "olivia");
            String fresh = bearer();
            try (WireClient next = new WireClient(gateway.port(), fresh)) {
                assertThat(counts(published(next), fresh)).isTrue();
                assertThat(next.call("account_get", ACCOUNT).passed()).isTrue();
            }
            gateway.stop();
        }
        String retired;
        String log;
        try (LaunchedGateway gateway = up()) {
            String after = bearer();
            try (WireClient old = new WireClient(gateway.port(), before);
                    WireClient next = new WireClient(gateway.port(), after)) {
                assertThat(old.call("account_get", ACCOUNT).passed()).isTrue();
                assertThat(next.call("account_get", ACCOUNT).passed()).isTrue();
            }
            retired = tollgate("keys", "retire", "delegation", "--by", "olivia");
            gateway.stop();
        }
        try (LaunchedGateway gateway = up();
                WireClient old = new WireClient(gateway.port(), before)) {
            // Then
            assertThat(old.call("account_get", ACCOUNT).exchange().status()).isEqualTo(401);
            assertThat(published(old).getKeys()).hasSize(2);
            gateway.stop();
        }
        log = tollgate("audit", "ask", "--administered");
        assertThat(rotated).contains("made; start every node anew");
        assertThat(promoted).contains("signs; start every node anew");
        assertThat(retired).contains("the old delegation key is retired");
        assertThat(log)
                .contains("rotate delegation", "promote delegation", "retire delegation")
                .doesNotContain(PIN);
        assertThat(tollgate("keys", "promote", "delegation", "--by", "olivia")).contains("rotate first");
        assertThat(tollgate("keys", "rotate", "log", "--by", "olivia")).contains("known by its key");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Implementations that we did not write accept the log, and notice when it is changed.
class OracleTest {
    private static final int OLDER = 23_333;
    private static final int NEWER = 70_000;
    private static final Path GO_SOURCES = Path.of("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog");

    private final SigningKey key = TestKeys.fresh();
    private final Path tools = Path.of(System.getProperty("tollgate.root", ".."), "06-merkle/target/oracle")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path folder;

    private Path log;
    private String verifierKey = "";

    @BeforeEach
    void writeLog() throws IOException {
        log = folder.resolve("log");
        Files.createDirectories(tools);
        try (TransparencyLog written =
                TransparencyLog.open(log, key, TestKeys.ORIGIN, InstantSource.system(), TestKeys.options())) {
            verifierKey = written.verifierKey();
            fill(written, 0, OLDER);
            Files.writeString(folder.resolve("older"), written.publish().note());
            fill(written, OLDER, NEWER);
            Files.writeString(folder.resolve("proof"), written.proof(4_711));
            Files.write(folder.resolve("entry"), written.entry(4_711));
        }
    }

    private static void fill(TransparencyLog log, int from, int to) {
        List<CompletableFuture<Appended>> appended = new ArrayList<>();
        for (int at = from; at < to; at++) {
            appended.add(log.appendAsync(("entry number " + at).getBytes(StandardCharsets.UTF_8)));
            if (appended.size() == 8_192) {
                appended.forEach(CompletableFuture::join);
                appended.clear();
            }
        }
        appended.forEach(CompletableFuture::join);
    }

    @Test
    @Requirement("B-9")
    void gos_transparency_log_packages_accept_it_and_notice_one_flipped_bit() throws Exception {
        // Given
        assumeTrue(
                Files.isDirectory(GO_SOURCES),
                "golang-go and golang-golang-x-mod-dev are not installed: Go does not check the log here");
        Path verify = goVerifier();
        List<String> command = List.of(
                verify.toString(),
                log.toString(),
                verifierKey,
                folder.resolve("older").toString());

        // When
        String sound = run(command, Map.of());
        flip(log.resolve("tile/entries/100"), 77);
        String flipped = run(command, Map.of());
        flip(log.resolve("tile/entries/100"), 77);
        flip(log.resolve("tile/0/200"), 5_000);
        String flippedTile = run(command, Map.of());
        flip(log.resolve("tile/0/200"), 5_000);
        flip(log.resolve("checkpoint"), TestKeys.ORIGIN.length() + 2);
        String forged = run(command, Map.of());

        // Then
        assertThat(sound).isEqualTo("OK 70000 entries, consistent with 23333\n");
        assertThat(List.of(flipped, flippedTile, forged)).allMatch(said -> said.startsWith("FAIL "));
    }

    private Path goVerifier() throws IOException, InterruptedException {
        Path source = tools.resolve("verify.go");
        resource("verify.go", source);
        Map<String, String> environment = Map.of(
                "GO111MODULE",
                "off",
                "GOPATH",
                "/usr/share/gocode",
                "GOCACHE",
                tools.resolve("go-cache").toString());
        Path verify = tools.resolve("verify");
        String said = run(List.of("go", "build", "-o", verify.toString(), source.toString()), environment);
        assertThat(said).isEmpty();
        return verify;
    }

    @Test
    @Requirement("B-9")
    void sigstores_verifier_accepts_a_proof_and_no_changed_one() throws Exception {
        // Given
        assumeTrue(
                installed("node") && sigstore(), "node, npm or @sigstore/verify is missing: sigstore checks nothing");
        Path script = tools.resolve("sigstore.mjs");
        resource("sigstore.mjs", script);
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(key.pair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Files.writeString(folder.resolve("key.pem"), pem);
        List<String> command = List.of(
                "node",
                script.toString(),
                tools.toString(),
                folder.resolve("entry").toString(),
                folder.resolve("proof").toString(),
                folder.resolve("key.pem").toString());

        // When
        String sound = run(command, Map.of());
        flip(folder.resolve("entry"), 3);
        String changed = run(command, Map.of());
        flip(folder.resolve("entry"), 3);
        Path proof = folder.resolve("proof");
        Files.writeString(proof, Files.readString(proof).replace("index 4711", "index 4710"));
        String moved = run(command, Map.of());

        // Then
        assertThat(sound).isEqualTo("OK 70000\n");
        assertThat(List.of(changed, moved)).allMatch(said -> said.startsWith("FAIL "));
    }

    private boolean sigstore() throws IOException, InterruptedException {
        if (Files.isDirectory(tools.resolve("node_modules/@sigstore/verify"))) {
            return true;
        }
        Files.writeString(tools.resolve("package.json"), "{\"private\": true}");
        List<String> install = List.of(
                "npm",
                "install",
                "--silent",
                "--no-fund",
                "--no-audit",
                "--prefix",
                tools.toString(),
                "@sigstore/verify@4.1.3");
        run(install, Map.of());
        return Files.isDirectory(tools.resolve("node_modules/@sigstore/verify"));
    }

    private static boolean installed(String tool) {
        try {
            return !run(List.of(tool, "--version"), Map.of()).isEmpty();
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static void resource(String name, Path target) throws IOException {
        try (var from = OracleTest.class.getResourceAsStream("/oracle/" + name)) {
            Files.write(target, java.util.Objects.requireNonNull(from).readAllBytes());
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.secrets.SigningKeys.Purpose;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final Provider JDK = Security.getProvider("SunEC");

    @TempDir
    Path folder;

    @Test
    void the_best_provider_signs_and_is_not_installed_for_everyone() {
        Set<String> before = new HashSet<>(
                Stream.of(Security.getProviders()).map(Provider::getName).toList());
        Provider best = CryptoProviders.best();
        assertThat(best.getName()).isIn("AmazonCorrettoCryptoProvider", "BC", "SunEC");
        assertThat(Stream.of(Security.getProviders()).map(Provider::getName).toList())
                .containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void on_linux_corretto_signs_with_keys_of_its_own() {
        boolean built = List.of("amd64", "aarch64").contains(System.getProperty("os.arch"))
                && System.getProperty("os.name").equals("Linux");
        Assumptions.assumeTrue(built, "Corretto's provider is built for Linux on amd64 and aarch64");
        Provider best = CryptoProviders.best();
        SigningKey key = new SigningKeys(folder, best).openOrCreate(Purpose.TOKEN);
        assertThat(best.getName()).isEqualTo("AmazonCorrettoCryptoProvider");
        // A key of the JDK's kind would be translated at each signature.
        assertThat(key.pair().getPrivate().getClass().getName()).startsWith("com.amazon.corretto");
    }

    @Test
    void a_provider_that_fails_or_cannot_sign_is_passed_over() {
        Provider found = CryptoProviders.firstWorking(List.of(
                () -> {
                    throw new UnsatisfiedLinkError("no native code for this machine");
                },
                () -> {
                    throw new IllegalStateException("not loaded");
                },
                () -> Security.getProvider("SunJCE"),
                () -> JDK));
        assertThat(found).isSameAs(JDK);
        assertThatThrownBy(() -> CryptoProviders.firstWorking(List.of())).hasMessageContaining("no provider");
    }

    @Test
    void a_key_made_by_one_provider_is_the_same_key_for_every_other() {
        SigningKey made = new SigningKeys(folder, CryptoProviders.best()).openOrCreate(Purpose.TOKEN);
        byte[] signature = made.sign(MESSAGE);
        for (Provider provider : List.of(JDK, new BouncyCastleProvider(), CryptoProviders.best())) {
            SigningKey read = new SigningKeys(folder, provider).openOrCreate(Purpose.TOKEN);
            assertThat(read.keyId()).isEqualTo(made.keyId());
            assertThat(read.sign(MESSAGE)).isEqualTo(signature);
            assertThat(read.verifyingKey().verify(MESSAGE, signature)).isTrue();
            assertThat(read.verifyingKey().raw()).isEqualTo(made.verifyingKey().raw());
        }
    }

    @Test
    void purposes_have_keys_of_their_own() {
        SigningKeys keys = new SigningKeys(folder, JDK);
        SigningKey token = keys.openOrCreate(Purpose.TOKEN);
        VerifyingKey log = keys.openOrCreate(Purpose.LOG).verifyingKey();
        assertThat(log.verify(MESSAGE, token.sign(MESSAGE))).isFalse();
        assertThat(token.keyId()).startsWith("token-");
        assertThat(log.keyId()).startsWith("log-");
    }

    @Test
    void key_files_are_for_their_owner_alone() throws IOException {
        Path keys = folder.resolve("keys");
        new SigningKeys(keys, JDK).openOrCreate(Purpose.LOG);
        new SealingKeys(keys).openOrCreate("cursor");
        try (Stream<Path> files = Files.list(keys)) {
            List<Path> made = files.toList();
            assertThat(made).hasSize(2);
            for (Path file : made) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
    }

    @Test
    void many_that_start_at_once_agree_on_one_key() {
        List<CompletableFuture<String>> starts = IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() ->
                        new SigningKeys(folder, JDK).openOrCreate(Purpose.LOG).keyId()))
                .toList();
        assertThat(starts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void a_key_file_that_is_shared_mixed_up_or_no_key_is_refused_without_quoting_it() throws IOException {
        SigningKeys keys = new SigningKeys(folder, JDK);
        keys.openOrCreate(Purpose.TOKEN);
        keys.openOrCreate(Purpose.LOG);
        Path token = folder.resolve("token.pem");
        String good = Files.readString(token);
        String other = Files.readString(folder.resolve("log.pem"));
        int split = good.indexOf("-----BEGIN PUBLIC");
        String mixed = good.substring(0, split) + other.substring(other.indexOf("-----BEGIN PUBLIC"));
        for (String bad : List.of(mixed, "", "not a key", good.substring(0, split), good.replace("MC4C", "MC4D"))) {
            Files.writeString(token, bad);
            assertThatThrownBy(() -> keys.openOrCreate(Purpose.TOKEN))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("token key")
                    .hasNoCause();
        }
        Files.writeString(token, good);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> keys.openOrCreate(Purpose.TOKEN)).hasMessageContaining("others than its owner");
    }

    @Test
    void a_sealing_key_is_32_random_bytes_that_stay() throws IOException {
        SecretKey made = new SealingKeys(folder).openOrCreate("cursor");
        SecretKey again = new SealingKeys(folder).openOrCreate("cursor");
        SecretKey other = new SealingKeys(folder).openOrCreate("payload");
        assertThat(made.getEncoded()).hasSize(32).isEqualTo(again.getEncoded());
        assertThat(Arrays.equals(made.getEncoded(), other.getEncoded())).isFalse();
        Files.write(folder.resolve("cursor.key"), new byte[31]);
        assertThatThrownBy(() -> new SealingKeys(folder).openOrCreate("cursor")).hasMessageContaining("hold a key");
        assertThatThrownBy(() -> new SealingKeys(folder).openOrCreate("../up"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

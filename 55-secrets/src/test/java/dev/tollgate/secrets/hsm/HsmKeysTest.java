// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.KeyHome.Slot;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.secrets.SigningKeys.Purpose;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Security;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HsmKeysTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws Exception {
        SoftHsm.make(folder, "signs", "threads", "turns", "guarded");
    }

    private static HsmKeys keys(String token) {
        return new HsmKeys(HsmToken.open(SoftHsm.LIBRARY, token, SecretValue.of(SoftHsm.PIN)), CryptoProviders.best());
    }

    @Test
    @Requirement("S1-34")
    void a_key_is_made_in_the_token_signs_there_and_every_provider_verifies_it() throws Exception {
        try (HsmKeys keys = keys("signs");
                HsmKeys again = keys("signs")) {
            // When
            SigningKey made = keys.openOrCreate(Purpose.TOKEN);
            SigningKey found = again.openOrCreate(Purpose.TOKEN);
            byte[] signature = made.sign(MESSAGE);
            byte[] other = keys.openOrCreate(Purpose.LOG).sign(MESSAGE);

            // Then
            assertThat(found.keyId()).isEqualTo(made.keyId()).startsWith("token-");
            assertThat(found.sign(MESSAGE)).isEqualTo(signature).hasSize(64);
            VerifyingKey elsewhere = new VerifyingKey(
                    made.keyId(),
                    KeyFactory.getInstance("Ed25519", "SunEC")
                            .generatePublic(new X509EncodedKeySpec(
                                    made.pair().getPublic().getEncoded())),
                    Security.getProvider("SunEC"));
            assertThat(elsewhere.verify(MESSAGE, signature)).isTrue();
            assertThat(elsewhere.verify(MESSAGE, other)).isFalse();
            assertThat(made.pair().getPrivate().getEncoded()).isNull();
        }
    }

    @Test
    void many_threads_sign_with_few_sessions() throws Exception {
        try (HsmKeys keys = keys("threads")) {
            SigningKey key = keys.openOrCreate(Purpose.DELEGATION);
            List<CompletableFuture<Boolean>> signing = IntStream.range(0, 200)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> {
                        byte[] message = ("message " + number).getBytes(StandardCharsets.UTF_8);
                        return key.verifyingKey().verify(message, key.sign(message));
                    }))
                    .toList();
            assertThat(signing).allSatisfy(one -> assertThat(one.join()).isTrue());
        }
    }

    @Test
    void keys_of_a_token_change_in_the_same_turns_as_those_of_a_folder(@TempDir Path files) throws Exception {
        try (HsmKeys token = keys("turns");
                SigningKeys plain = new SigningKeys(files, CryptoProviders.best())) {
            turns(token);
            turns(plain);
        }
        try (HsmKeys again = keys("turns")) {
            assertThat(again.accepted(Purpose.TOKEN)).containsOnlyKeys(Slot.CURRENT);
        }
    }

    private static VerifyingKey in(Map<Slot, VerifyingKey> keys, Slot slot) {
        return Objects.requireNonNull(keys.get(slot));
    }

    private static void turns(KeyHome keys) {
        SigningKey first = keys.openOrCreate(Purpose.TOKEN);
        assertThatThrownBy(() -> keys.promote(Purpose.TOKEN)).hasMessageContaining("rotate first");
        assertThatThrownBy(() -> keys.retire(Purpose.TOKEN)).hasMessageContaining("no old token key");
        assertThatThrownBy(() -> keys.rotate(Purpose.LOG)).hasMessageContaining("known by its key");

        VerifyingKey next = keys.rotate(Purpose.TOKEN);
        assertThatThrownBy(() -> keys.rotate(Purpose.TOKEN)).hasMessageContaining("promote it first");
        Map<Slot, VerifyingKey> both = keys.accepted(Purpose.TOKEN);
        assertThat(in(both, Slot.CURRENT).keyId()).isEqualTo(first.keyId());
        assertThat(in(both, Slot.NEXT).keyId()).isEqualTo(next.keyId()).isNotEqualTo(first.keyId());
        assertThat(keys.openOrCreate(Purpose.TOKEN).keyId()).isEqualTo(first.keyId());

        keys.promote(Purpose.TOKEN);
        SigningKey second = keys.openOrCreate(Purpose.TOKEN);
        assertThat(second.keyId()).isEqualTo(next.keyId());
        Map<Slot, VerifyingKey> after = keys.accepted(Purpose.TOKEN);
        assertThat(after).containsOnlyKeys(Slot.CURRENT, Slot.OLD);
        assertThat(in(after, Slot.OLD).verify(MESSAGE, first.sign(MESSAGE))).isTrue();
        assertThat(in(after, Slot.CURRENT).verify(MESSAGE, second.sign(MESSAGE)))
                .isTrue();
        assertThat(keys.byId(Purpose.TOKEN)).containsOnlyKeys(first.keyId(), second.keyId());

        keys.retire(Purpose.TOKEN);
        assertThat(keys.byId(Purpose.TOKEN)).containsOnlyKeys(second.keyId());
    }

    @Test
    void a_wrong_pin_token_or_library_opens_nothing_and_tells_no_pin() throws Exception {
        assertThatThrownBy(() -> HsmToken.open(SoftHsm.LIBRARY, "guarded", SecretValue.of("wrong-pin")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the PKCS#11 token answered 0xa0");
        assertThatThrownBy(() -> HsmToken.open(SoftHsm.LIBRARY, "nowhere", SecretValue.of(SoftHsm.PIN)))
                .hasMessageContaining("no token `nowhere`");
        assertThatThrownBy(() -> HsmToken.open(folder.resolve("none.so"), "guarded", SecretValue.of(SoftHsm.PIN)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

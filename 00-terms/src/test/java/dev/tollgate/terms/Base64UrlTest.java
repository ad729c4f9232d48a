// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.testing.Property;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
    @Test
    void bytes_come_back_from_their_text() {
        Property.forAll(random -> random.nextInt(0, 70), length -> {
            byte[] bytes = new byte[length];
            Property.random(length).nextBytes(bytes);
            assertThat(Base64Url.decode(Base64Url.encode(bytes)))
                    .hasValueSatisfying(back -> assertThat(back).isEqualTo(bytes));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"QQ==", "QR", "Q", "Q+", "Q/", "Q Q", "QQ\n", "\u00e4\u00e4"})
    void no_other_spelling_is_read(String text) {
        assertThat(Base64Url.decode(text)).isEmpty();
    }

    @Test
    void a_key_comes_back_from_its_32_bytes_and_from_no_other_number() throws GeneralSecurityException {
        PublicKey key =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        byte[] raw = new VerifyingKey("k", key, Security.getProvider("SunEC")).raw();
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        assertThat(VerifyingKey.publicKey(raw, factory)).isEqualTo(key);
        assertThatThrownBy(() -> VerifyingKey.publicKey(new byte[31], factory))
                .isInstanceOf(GeneralSecurityException.class);
    }
}

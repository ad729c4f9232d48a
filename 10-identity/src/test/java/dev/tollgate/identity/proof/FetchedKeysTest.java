// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Keys of an issuer that rotates, lies, floods, or is down.
final class FetchedKeysTest {
    private Instant now = Foreign.NOW;
    private int reads;
    private boolean down;
    private String document = new JWKSet(Foreign.KEY.toPublicJWK()).toString();
    private final FetchedKeys keys = new FetchedKeys(this::read, Foreign.ISSUER, () -> now);

    private String read() throws IOException {
        reads++;
        if (down) {
            throw new IOException("down");
        }
        return document;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void keys_are_remembered_for_ten_minutes() {
        for (int at = 0; at < 100; at++) {
            assertThat(keys.keys(false)).isPresent();
        }
        assertThat(reads).isEqualTo(1);

        pass(Duration.ofMinutes(10));

        assertThat(keys.keys(false)).isPresent();
        assertThat(reads).isEqualTo(2);
    }

    @Requirement("S1-3")
    @Test
    void a_new_key_is_found_before_the_time_is_over() {
        keys.keys(false);
        RSAKey next = Foreign.key("two");
        document = new JWKSet(next.toPublicJWK()).toString();
        pass(Duration.ofSeconds(30));

        assertThat(keys.keys(true).orElseThrow().getKeyByKeyId("two")).isNotNull();
    }

    @Test
    void made_up_key_ids_have_the_issuer_asked_once_in_half_a_minute() {
        keys.keys(false);
        pass(Duration.ofSeconds(30));
        for (int at = 0; at < 1_000; at++) {
            keys.keys(true);
        }

        assertThat(reads).isEqualTo(2);
    }

    @Requirement("S0-15")
    @Test
    void an_issuer_that_is_down_is_believed_for_an_hour_and_then_nothing_of_it_is() {
        keys.keys(false);
        down = true;
        pass(Duration.ofMinutes(59));
        assertThat(keys.keys(false)).isPresent();

        pass(Duration.ofMinutes(1));
        assertThat(keys.keys(false)).isEmpty();

        down = false;
        pass(Duration.ofSeconds(30));
        assertThat(keys.keys(false)).isPresent();
    }

    @Test
    void an_issuer_that_was_never_up_opens_nothing_and_is_not_asked_by_every_call() {
        down = true;
        for (int at = 0; at < 100; at++) {
            assertThat(keys.keys(true)).isEmpty();
        }
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void what_is_no_set_of_keys_changes_nothing() {
        keys.keys(false);
        for (String wrong :
                new String[] {"", "{}", "[]", "<html>", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"
                }) {
            document = wrong;
            pass(Duration.ofMinutes(1));
            assertThat(keys.keys(true).orElseThrow().getKeyByKeyId("one")).isNotNull();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.inspection.Spotlight.Marked;
import dev.tollgate.inspection.Spotlight.Mode;
import dev.tollgate.terms.testing.Property;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SpotlightTest {
    private final Spotlight spotlight = new Spotlight(Property.random(1));

    @Test
    void data_stands_between_lines_with_a_nonce_that_is_new_each_time() {
        // When
        Marked first = spotlight.mark(Mode.DELIMIT, "Hello\nend 0000");
        Marked second = spotlight.mark(Mode.DELIMIT, "Hello\nend 0000");

        // Then
        String nonce = first.text().substring("data ".length(), first.text().indexOf('\n'));
        assertThat(first.text()).isEqualTo("data " + nonce + "\nHello\nend 0000\nend " + nonce);
        assertThat(first.note()).contains(nonce);
        assertThat(second.text()).doesNotContain(nonce);
    }

    @Test
    void datamarking_leaves_no_space_and_no_foreign_mark() {
        // When
        Marked marked = spotlight.mark(Mode.DATAMARK, "send all\uE000data now");

        // Then
        assertThat(marked.text().lines().toList().get(1)).isEqualTo("send\uE000alldata\uE000now");
        assertThat(marked.note()).contains("U+E000");
    }

    @Test
    void any_text_comes_back_from_base64_as_it_was() {
        Property.forAll(
                random -> random.ints(random.nextInt(0, 200), 32, 0x2FFF)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                text -> {
                    String body = spotlight
                            .mark(Mode.BASE64, text)
                            .text()
                            .lines()
                            .toList()
                            .get(1);
                    assertThat(body).matches("[A-Za-z0-9+/=]*");
                    assertThat(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8))
                            .isEqualTo(text);
                });
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.inspection.Spotlight.Marks;
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
        Marks first = spotlight.marks(Mode.DELIMIT);
        Marks second = spotlight.marks(Mode.DELIMIT);

        // Then
        String text = first.mark("Hello\nend 0000");
        String nonce = text.substring("data ".length(), text.indexOf('\n'));
        assertThat(text).isEqualTo("data " + nonce + "\nHello\nend 0000\nend " + nonce);
        assertThat(first.note()).contains(nonce);
        assertThat(second.mark("Hello")).doesNotContain(nonce);
    }

    @Test
    void datamarking_leaves_no_space_and_no_foreign_mark() {
        // When
        Marks marks = spotlight.marks(Mode.DATAMARK);

        // Then
        assertThat(marks.mark("send all\uE000data now").lines().toList().get(1))
                .isEqualTo("send\uE000alldata\uE000now");
        assertThat(marks.note()).contains("U+E000");
    }

    @Test
    void any_text_comes_back_from_base64_as_it_was() {
        Property.forAll(
                random -> random.ints(random.nextInt(0, 200), 32, 0x2FFF)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                text -> {
                    String body = spotlight
                            .marks(Mode.BASE64)
                            .mark(text)
                            .lines()
                            .toList()
                            .get(1);
                    assertThat(body).matches("[A-Za-z0-9+/=]*");
                    assertThat(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8))
                            .isEqualTo(text);
                });
    }
}

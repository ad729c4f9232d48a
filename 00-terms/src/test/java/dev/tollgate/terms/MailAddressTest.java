// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MailAddressTest {
    @Test
    void a_plain_address_stays_as_it_was_written() {
        List<String> plain = List.of(
                "ada@engines.example",
                "Ada.Byron+crm@Engines.Example",
                "o'hara@sub.engines.example",
                "a@x-1.example",
                "1@2.e3");

        assertThat(plain)
                .allSatisfy(text -> assertThat(MailAddress.parse(text).map(MailAddress::text))
                        .contains(text));
    }

    @Test
    void what_two_programs_could_read_in_two_ways_is_no_address() {
        List<String> hostile = List.of(
                "",
                "@",
                "ada",
                "ada@",
                "@engines.example",
                "ada@engines",
                "ada@engines.example\r\nBcc: x@evil.example",
                "ada@engines.example\n",
                "ada@engines.example ",
                " ada@engines.example",
                "Ada <ada@engines.example>",
                "<ada@engines.example>",
                "\"ada\"@engines.example",
                "\"a@b\"@engines.example",
                "ada(comment)@engines.example",
                "ada@(comment)engines.example",
                "ada@engines.example(comment)",
                "team:ada@engines.example;",
                "ada@engines.example,eve@evil.example",
                "ada@engines.example;eve@evil.example",
                "ada@engines.example@evil.example",
                "ada%evil.example@",
                "@relay.example:ada@engines.example",
                "ada@[127.0.0.1]",
                "ada@127.0.0.1",
                "ada@engines..example",
                "ada@.engines.example",
                "ada@-engines.example",
                "ada@engines-.example",
                "ada@engines.example.",
                ".ada@engines.example",
                "ada.@engines.example",
                "a..da@engines.example",
                "ada@еngines.example",
                "ada@engines\u3002example",
                "\u202eada@engines.example",
                "ada\u200b@engines.example",
                "ada\0@engines.example",
                "a".repeat(65) + "@engines.example",
                "a@" + "b".repeat(64) + ".example",
                "a@" + "b.".repeat(130) + "example");

        assertThat(hostile)
                .allSatisfy(text -> assertThat(MailAddress.parse(text)).isEmpty());
    }

    @Test
    void an_address_is_the_same_in_another_case_and_in_nothing_else() {
        Property.forAll(random -> "a" + (char) random.nextInt(0x20, 0x250) + "b@engines.example", text -> {
            MailAddress ada = MailAddress.parse("ada@engines.example").orElseThrow();
            MailAddress.parse(text).ifPresent(other -> {
                boolean same = text.equalsIgnoreCase("ada@engines.example");
                assertThat(ada.same(text)).isEqualTo(same);
                assertThat(other.host()).isEqualTo("engines.example");
            });
            assertThat(ada).hasToString("MailAddress[***]");
        });
    }
}

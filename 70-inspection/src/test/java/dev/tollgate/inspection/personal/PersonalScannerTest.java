// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.inspection.finding.Spans;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalScannerTest {
    private static final PersonalScanner SCANNER = new PersonalScanner();

    private static List<String> found(String text) {
        return Spans.settle(SCANNER.scan(text)).stream()
                .map(finding -> finding.kind() + " " + text.substring(finding.start(), finding.end()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to ada.l+crm@mail.example.co.uk.|EMAIL ada.l+crm@mail.example.co.uk",
                "card 4111 1111 1111 1111 exp 09/27|CREDIT_CARD 4111 1111 1111 1111",
                "card 3782-822463-10005 declined|CREDIT_CARD 3782-822463-10005",
                "pay to DE89 3704 0044 0532 0130 00 today|IBAN DE89 3704 0044 0532 0130 00",
                "IBAN GB29NWBK60161331926819|IBAN GB29NWBK60161331926819",
                "call back at (650) 401-7664|PHONE (650) 401-7664",
                "phone +44 (20) 7123 4567|PHONE +44 (20) 7123 4567",
                "social security number 793-52-0072|US_SSN 793-52-0072",
                "Date of birth: January 10, 1971.|DATE_OF_BIRTH January 10, 1971",
                "geboren am 04.05.1987 in Ulm|DATE_OF_BIRTH 04.05.1987",
                "Passport number D91996099 was uploaded|PASSPORT D91996099",
                "Login from IP 187.250.164.221 at noon|IP 187.250.164.221",
                "gateway 2001:db8::8a2e:370:7334 is down|IP 2001:db8::8a2e:370:7334",
                "DNI 12345678Z del cliente|NATIONAL_ID 12345678Z",
                "CPF 529.982.247-25 do cliente|NATIONAL_ID 529.982.247-25",
                "Our floor price for the deal is $1,656.70 per seat|PRICING_CONFIDENTIAL $1,656.70 per seat"
            })
    void what_proves_or_announces_itself_is_found(String text, String expected) {
        assertThat(found(text)).containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SKU 1234-5678-9012 is out of stock until 2021-08-16.",
                "Order PO-6656756 shipped on 2026-05-22, tracking number 4728796419425702.",
                "Correlation id 52425965-6a50-4108-a4cd-83b6e294769b was logged.",
                "Meeting on 2025-02-13 at 10:30:15.",
                "We upgraded the app to version 6.8.4.193 last night.",
                "IBAN DE89 3704 0044 0532 0130 01 has a wrong check digit",
                "card 4111 1111 1111 1112 has a wrong check digit",
                "List price is $7,063.73 per month, see website.",
                "mail us @ noon or hello@localhost"
            })
    void what_only_looks_like_it_is_not(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void names_and_addresses_are_found_in_a_record() {
        assertThat(found("Contact Rosalind Okafor called; ship to 5134 Main Avenue, Denver, CO 80203."))
                .contains("PERSON Rosalind Okafor")
                .anyMatch(one -> one.startsWith("ADDRESS ") && one.contains("Main Avenue"));
        assertThat(found("my name is henrik larsen and i never got my parcel")).contains("PERSON henrik larsen");
    }

    @Test
    void a_support_text_without_names_has_none() {
        assertThat(found("The customer asked for a refund because the screen stays black after the update."))
                .isEmpty();
        assertThat(found("Please Note: the New Portal opens in January.")).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsReaderTest {
    private static List<String> problems(String needs) {
        return Bundles.problems("""
                contract: 1
                system: demo
                connector: demo
                scopes: crm
                objects:
                  deal:
                    id: id
                    window: none
                    owner: Sales
                    fields:
                      id: {type: reference, class: record-identifier, write: system}
                      stage: {type: text, class: deal, write: human, picklist: [open, lost], %s}
                      reason: {type: text, class: deal, write: human}
                      iban: {type: text, class: bank-account, write: never, conceal: true}
                tools: {}
                """.formatted(needs)).stream()
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
    }

    @Test
    @Requirement("S4-16")
    void a_value_needs_fields_of_its_object() {
        assertThat(problems("needs: {lost: [reason]}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "needs: {gone: [reason]} | `gone` is no word of the picklist",
                "needs: {lost: [reasons]} | there is no field `reasons`",
                "needs: {lost: [stage]} | a field does not need itself",
                "needs: {lost: [iban]} | a refusal would tell that the concealed field `iban` exists"
            })
    @Requirement("S4-16")
    void what_no_record_could_hold_and_what_a_refusal_would_give_away_is_a_problem(String needs, String problem) {
        assertThat(problems(needs)).anySatisfy(line -> assertThat(line).startsWith(problem));
    }
}

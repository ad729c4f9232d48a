// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static List<String> problems(String suggest) {
        return problems(suggest, "");
    }

    private static List<String> problems(String suggest, String more) {
        return Bundles.problems("""
                contract: 1
                system: demo
                connector: demo
                scopes: crm
                objects:
                  account:
                    id: id
                    window: none
                    owner: RevOps
                    fields:
                      id: {type: reference, class: record-identifier, write: system}
                      stage: {type: text, class: deal, write: workflow, picklist: [lead, customer], suggest: %s}
                      stage_suggestion: {type: text, class: draft, write: draft, picklist: [lead, customer]}
                      stage_note: {type: text, class: draft, write: draft}
                      stage_copy: {type: text, class: deal, write: human, picklist: [lead, customer]}
                      score: {type: integer, class: scoring, write: derived}
                      %s
                tools: {}
                """.formatted(suggest, more)).stream()
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
    }

    @Test
    void a_suggestion_goes_to_a_draft_field_that_holds_the_same() {
        assertThat(problems("stage_suggestion")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stage_note, a suggestion goes to a `draft` field of the same type and picklist",
        "stage_copy, a suggestion goes to a `draft` field of the same type and picklist",
        "score, a suggestion goes to a `draft` field of the same type and picklist",
        "nothing, there is no field `nothing`"
    })
    void a_suggestion_that_goes_elsewhere_is_a_problem(String suggest, String problem) {
        assertThat(problems(suggest)).anySatisfy(line -> assertThat(line).startsWith(problem));
    }

    @Test
    void a_field_that_agents_write_needs_no_field_for_suggestions() {
        String draft = "drafted: {type: text, class: draft, write: draft, suggest: stage_note}";
        assertThat(problems("stage_suggestion", draft))
                .containsExactly("only a field that agents do not write has a field for suggestions");
    }
}

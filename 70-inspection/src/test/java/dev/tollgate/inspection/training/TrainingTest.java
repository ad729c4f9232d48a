// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.inspection.instruction.InstructionScorer;
import dev.tollgate.inspection.instruction.InstructionTraining;
import dev.tollgate.inspection.instruction.InstructionTraining.Sample;
import dev.tollgate.inspection.personal.NameTraining;
import dev.tollgate.inspection.personal.PersonalScanner;
import dev.tollgate.terms.testing.Property;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static final int FEW = 300;

    private static List<Sample> texts() throws IOException {
        Grammar grammar = new Grammar(Property.random(7));
        List<Sample> texts = new ArrayList<>();
        for (int at = 0; at < FEW; at++) {
            texts.add(new Sample(grammar.carried(grammar.write("attack"), List.of()), true, "made " + at % 4));
            texts.add(new Sample(grammar.carried(grammar.write("benign"), List.of()), false, "made " + at % 4));
        }
        return texts;
    }

    @Test
    void the_same_seed_and_data_give_the_same_bytes() throws IOException {
        // Given
        List<Sample> texts = texts();
        List<NameTraining.Sample> names = new ArrayList<>();
        Notes notes = new Notes(Property.random(7));
        for (int at = 0; at < FEW; at++) {
            names.add(notes.note());
        }

        // Then
        assertThat(InstructionTraining.train(texts, 1)).isEqualTo(InstructionTraining.train(texts, 1));
        assertThat(NameTraining.train(names, List.of(), 1)).isEqualTo(NameTraining.train(names, List.of(), 1));
    }

    @Test
    void what_was_trained_tells_attacks_from_harmless_texts_that_it_has_not_met() throws IOException {
        // Given
        byte[] model = InstructionTraining.train(texts(), 1);
        InstructionScorer scorer = InstructionTraining.scorer(model);
        Grammar other = new Grammar(Property.random(8));

        // When
        int right = 0;
        for (int at = 0; at < FEW; at++) {
            double attack = scorer.score(other.carried(other.write("attack"), List.of()));
            double benign = scorer.score(other.carried(other.write("benign"), List.of()));
            right += attack > benign ? 1 : 0;
        }

        // Then
        assertThat(right).isGreaterThan(FEW * 8 / 10);
    }

    @Test
    void a_tagger_learns_names_that_it_has_not_met() throws IOException {
        // Given
        Notes notes = new Notes(Property.random(9));
        List<NameTraining.Sample> samples = new ArrayList<>();
        for (int at = 0; at < FEW * 10; at++) {
            samples.add(notes.note());
        }

        // When
        PersonalScanner scanner = NameTraining.scanner(NameTraining.train(samples, List.of(), 1));

        // Then
        assertThat(scanner.scan("Spoke with Henrietta Lovelace about the renewal."))
                .anyMatch(finding -> finding.kind() == Kind.PERSON && finding.start() == 11);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import dev.tollgate.inspection.instruction.InstructionTraining;
import dev.tollgate.inspection.instruction.InstructionTraining.Sample;
import dev.tollgate.inspection.training.Rows.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Trains the instruction scorer on the corpora and on texts of the grammar.
final class TrainInstructions {
    private static final int MADE = 14_000;
    private static final int FOREIGN = 250;
    private static final int BESIDE_CHARS = 700;

    private TrainInstructions() {}

    /// Trains on the rows that `keep` takes, and returns the model's bytes.
    static byte[] train(List<Row> rows, Predicate<Row> keep, long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Row> kept = rows.stream().filter(keep).toList();
        List<Sample> samples = new ArrayList<>();
        for (Row row : kept) {
            samples.add(new Sample(row.text(), row.isInjection(), row.source()));
        }
        List<String> beside = Grammar.shortOnes(
                kept.stream()
                        .filter(row -> !row.isInjection() && !row.category().equals("trigger_benign"))
                        .map(Row::text)
                        .toList(),
                BESIDE_CHARS);
        Grammar grammar = new Grammar(random);
        for (int at = 0; at < MADE; at++) {
            samples.add(new Sample(grammar.carried(grammar.write("attack"), beside), true, "made " + at % 4));
            samples.add(new Sample(grammar.carried(grammar.write("benign"), beside), false, "made " + at % 4));
        }
        for (String kind : List.of("attack", "benign")) {
            for (String language : grammar.languages(kind)) {
                for (int at = 0; at < FOREIGN; at++) {
                    boolean harmful = kind.equals("attack");
                    samples.add(new Sample(
                            grammar.carried(grammar.write(language), beside), harmful, "made abroad " + at % 2));
                }
            }
        }
        return InstructionTraining.train(samples, seed);
    }
}

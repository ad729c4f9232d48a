// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import dev.tollgate.inspection.instruction.InstructionScorer;
import dev.tollgate.inspection.instruction.InstructionTraining;
import dev.tollgate.inspection.training.Rows.Row;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Measures how the instruction scorer does on sources that it was not trained on: `make
/// evaluate-inspection`. Each attack source is left out in turn, together with half of the business
/// sources, which set the thresholds: no text of a source that is measured, and none of a source that
/// calibrates, is trained on.
public final class Evaluate {
    private static final double ONE_PERCENT = 0.01;
    private static final double ONE_PER_MILLE = 0.001;

    /// Attack sources that share texts are left out together.
    private static final Map<String, List<String>> LEFT_OUT = new LinkedHashMap<>(Map.of(
            "InjecAgent", List.of("InjecAgent"),
            "BIPIA, TaskTracker", List.of("BIPIA", "TaskTracker"),
            "ASB", List.of("ASB"),
            "deepset, Giskard, GPTFuzz", List.of("deepset", "Giskard", "GPTFuzz"),
            "garak", List.of("garak"),
            "CRM composites", List.of("synthetic-crm"),
            "trigger words", List.of("synthetic-trigger")));

    private static final List<List<String>> CALIBRATING =
            List.of(List.of("PolyAI", "MultiDoGO", "ABCD"), List.of("kaggle", "SpamAssassin", "Taskmaster"));

    private Evaluate() {}

    private static final class Tally {
        private int count;
        private int one;
        private int mille;
        private double area;

        void add(double score, double[] negatives, double atOne, double atMille) {
            count++;
            one += score > atOne ? 1 : 0;
            mille += score > atMille ? 1 : 0;
            int at = Arrays.binarySearch(negatives, score);
            area += (at < 0 ? -at - 1 : at) / (double) negatives.length;
        }
    }

    /// Arguments: the folder of the data; others are not used.
    public static void main(String[] arguments) throws IOException {
        List<Row> rows = Rows.read(Path.of(arguments[0]).resolve("injection/dev.jsonl.gz"));
        Map<String, Tally> tallies = new TreeMap<>();
        for (String group : LEFT_OUT.keySet().stream().sorted().toList()) {
            List<String> out = LEFT_OUT.getOrDefault(group, List.of());
            for (List<String> calibrating : CALIBRATING) {
                Predicate<Row> kept = row -> starts(row, out) || starts(row, calibrating);
                InstructionScorer scorer =
                        InstructionTraining.scorer(TrainInstructions.train(rows, kept.negate(), Train.SEED));
                double[] negatives = rows.stream()
                        .filter(row -> !row.isInjection() && starts(row, calibrating))
                        .mapToDouble(row -> scorer.score(row.text()))
                        .sorted()
                        .toArray();
                for (Row row : rows) {
                    if (starts(row, out)) {
                        double score = scorer.score(row.text());
                        for (String name : names(row, group)) {
                            tallies.computeIfAbsent(name, _ -> new Tally())
                                    .add(score, negatives, at(negatives, ONE_PERCENT), at(negatives, ONE_PER_MILLE));
                        }
                    }
                }
            }
        }
        print(tallies);
    }

    private static List<String> names(Row row, String group) {
        List<String> names = new ArrayList<>();
        String label = row.isInjection() ? "attack" : "benign";
        names.add(label + " / " + group + " / " + row.category().replaceAll("_(start|middle|end)$", ""));
        if (row.isInjection()) {
            boolean direct =
                    List.of("deepset", "Giskard", "GPTFuzz", "garak").stream().anyMatch(row.source()::startsWith);
            names.add("ALL " + (direct ? "direct" : "indirect")
                    + (row.language().equals("en") ? "" : ", other languages"));
        }
        return names;
    }

    private static boolean starts(Row row, List<String> sources) {
        return sources.stream().anyMatch(row.source()::startsWith);
    }

    private static double at(double[] sorted, double falsePositives) {
        return sorted[(int) (sorted.length * (1 - falsePositives))];
    }

    private static void print(Map<String, Tally> tallies) {
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println("left out\ttexts\tAUROC\tmarked at 1 %\tat 0.1 %");
            tallies.forEach((name, tally) -> out.println(String.format(
                    "%s\t%d\t%.3f\t%.3f\t%.3f",
                    name,
                    tally.count / CALIBRATING.size(),
                    tally.area / tally.count,
                    (double) tally.one / tally.count,
                    (double) tally.mille / tally.count)));
        }
    }
}

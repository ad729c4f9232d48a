// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.inspection.personal.NameTraining;
import dev.tollgate.inspection.personal.NameTraining.Sample;
import dev.tollgate.inspection.training.Rows.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Trains the name tagger on personal data, on texts made for it, and on business texts without names.
final class TrainNames {
    private static final int MADE = 9_000;
    private static final int COMMON_MIN = 6;
    private static final int PLAIN_EVERY = 3;
    private static final List<String> PLAIN = List.of("PolyAI/banking77", "kaggle customer-support-ticket (suraj520)");
    private static final List<String> READ =
            List.of("PolyAI/banking77", "kaggle customer-support-ticket (suraj520)", "Taskmaster-4", "SpamAssassin");

    private TrainNames() {}

    /// Trains on the rows that `keep` takes, and returns the model's bytes.
    static byte[] train(List<Row> personal, List<Row> texts, Predicate<Row> keep, long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Notes notes = new Notes(random);
        List<Sample> samples = new ArrayList<>();
        for (Row row : personal) {
            if (keep.test(row)) {
                List<Finding> spans = row.spans().stream()
                        .filter(span -> span.kind() == Kind.PERSON || span.kind() == Kind.ADDRESS)
                        .toList();
                Sample sample = new Sample(row.text(), spans);
                samples.add(sample);
                samples.add(notes.renamed(sample));
                samples.add(notes.renamed(sample));
            }
        }
        for (int at = 0; at < MADE; at++) {
            samples.add(notes.note());
        }
        for (int at = 0; at < texts.size(); at += PLAIN_EVERY) {
            if (PLAIN.contains(texts.get(at).source())) {
                samples.add(new Sample(texts.get(at).text(), List.of()));
                samples.add(notes.set(texts.get(at).text()));
                samples.add(notes.set(texts.get(at).text()));
            }
        }
        return NameTraining.train(samples, common(texts), seed);
    }

    /// Words that business texts write in lower case again and again.
    private static List<Long> common(List<Row> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Row row : texts) {
            if (!row.isInjection() && READ.stream().anyMatch(row.source()::startsWith)) {
                for (String word : row.text().split("[^\\p{L}]+", -1)) {
                    if (word.length() > 1 && Character.isLowerCase(word.charAt(0))) {
                        counts.merge(word, 1, Integer::sum);
                    }
                }
            }
        }
        List<Long> hashes = new ArrayList<>();
        counts.forEach((word, count) -> {
            if (count >= COMMON_MIN) {
                hashes.add(NameTraining.hash(word));
            }
        });
        Collections.sort(hashes);
        return hashes;
    }
}

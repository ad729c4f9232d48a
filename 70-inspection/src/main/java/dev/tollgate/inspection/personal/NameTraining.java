// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Learns the name tagger's weights: an averaged perceptron over texts with known names and addresses.
public final class NameTraining {
    /// A text whose names and addresses are known.
    public record Sample(String text, List<Finding> spans) {
        public Sample {
            spans = List.copyOf(spans);
        }
    }

    private static final int SLOTS = 1 << 18;
    private static final int ROUNDS = 6;
    private static final int SHORT_MAX = 32_767;

    private final float[] weights = new float[(SLOTS + 1) * NameTagger.LABELS];
    private final double[] sums = new double[(SLOTS + 1) * NameTagger.LABELS];
    private long step = 1;

    private NameTraining() {}

    /// Trains on `samples` and returns the model's bytes.
    ///
    /// @param common hashes of words of everyday language, in order
    public static byte[] train(List<Sample> samples, List<Long> common, long seed) throws IOException {
        Lexicon lexicon = Lexicon.shipped();
        lexicon.common(common);
        NameTraining training = new NameTraining();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Sample> order = new ArrayList<>(samples);
        for (int round = 0; round < ROUNDS; round++) {
            shuffle(order, random);
            for (Sample sample : order) {
                training.learn(sample, lexicon, random);
            }
        }
        return training.packed(common);
    }

    /// The tagger of a model's bytes.
    public static PersonalScanner scanner(byte[] model) throws IOException {
        return new PersonalScanner(NameTagger.read(Lexicon.shipped(), model));
    }

    /// The hash by which a lexicon knows a word.
    public static long hash(String word) {
        return Words.hash(word, 0, word.length());
    }

    private static void shuffle(List<Sample> order, RandomGenerator random) {
        for (int at = order.size() - 1; at > 0; at--) {
            Collections.swap(order, at, random.nextInt(at + 1));
        }
    }

    private void learn(Sample sample, Lexicon lexicon, RandomGenerator random) {
        Words words = new Words(sample.text());
        int[] truth = labels(words, sample.spans());
        NameFeatures features = new NameFeatures(words, lexicon);
        int[] slots = new int[NameFeatures.COUNT];
        int label1 = 0;
        int label2 = 0;
        for (int at = 0; at < words.size; at++) {
            int label = 0;
            if (label1 != 0 || features.worthAsking(at)) {
                features.fill(at, label1, label2, slots, SLOTS - 1);
                // one look in eight is forgotten, so that none is relied on alone
                for (int look = 0; look < slots.length; look++) {
                    slots[look] = random.nextInt(8) == 0 ? SLOTS : slots[look];
                }
                int[] scores = scores(slots);
                label = NameTagger.best(scores, label1);
                if (label != truth[at]) {
                    for (int slot : slots) {
                        change(slot * NameTagger.LABELS + truth[at], 1);
                        change(slot * NameTagger.LABELS + label, -1);
                    }
                }
                step++;
            }
            label2 = label1;
            label1 = label;
        }
    }

    private int[] scores(int[] slots) {
        float[] sum = new float[NameTagger.LABELS];
        for (int slot : slots) {
            for (int label = 0; label < NameTagger.LABELS; label++) {
                sum[label] += weights[slot * NameTagger.LABELS + label];
            }
        }
        int[] scores = new int[NameTagger.LABELS];
        for (int label = 0; label < NameTagger.LABELS; label++) {
            scores[label] = (int) sum[label];
        }
        return scores;
    }

    private void change(int index, int by) {
        if (index >= SLOTS * NameTagger.LABELS) {
            return;
        }
        weights[index] += by;
        sums[index] += (double) by * step;
    }

    private static int[] labels(Words words, List<Finding> spans) {
        int[] labels = new int[words.size];
        for (Finding span : spans) {
            int first = span.kind() == Kind.PERSON ? NameTagger.PERSON : NameTagger.ADDRESS;
            boolean open = false;
            for (int at = 0; at < words.size; at++) {
                if (words.starts[at] >= span.start() && words.ends[at] <= span.end()) {
                    labels[at] = open ? first + 1 : first;
                    open = true;
                }
            }
        }
        return labels;
    }

    private byte[] packed(List<Long> common) throws IOException {
        double[] average = new double[SLOTS * NameTagger.LABELS];
        double largest = 1;
        for (int at = 0; at < average.length; at++) {
            average[at] = weights[at] - sums[at] / step;
            largest = Math.max(largest, Math.abs(average[at]));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GZIPOutputStream zipped = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        };
        try (DataOutputStream out = new DataOutputStream(zipped)) {
            out.writeInt(common.size());
            for (long hash : common) {
                out.writeLong(hash);
            }
            out.writeInt(average.length);
            for (double weight : average) {
                out.writeShort((int) Math.round(weight / largest * SHORT_MAX));
            }
        }
        return bytes.toByteArray();
    }
}

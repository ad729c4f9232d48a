// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import dev.tollgate.inspection.instruction.InstructionScorer.Summary;
import dev.tollgate.inspection.plain.Folded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Learns the weights of the instruction scorer by logistic regression over windows: of a harmful text
/// its most suspicious window, of a harmless one its most suspicious and a random one. Sources weigh
/// alike, whatever their size.
public final class InstructionTraining {
    /// A text whose label is known.
    ///
    /// @param source texts of one source are alike; sources are weighed against each other
    public record Sample(String text, boolean harmful, String source) {}

    private static final int ROUNDS = 5;
    private static final float RATE = 0.15f;
    private static final float DECAY = 0.00004f;
    private static final int WINDOWS_MAX = 30;
    private static final int WORDS_FORGOTTEN_ONE_IN = 3;
    private static final int WHOLE_ROUNDS = 300;
    private static final double WHOLE_RATE = 0.3;

    /// What `WindowFeatures` wrote, kept.
    private static final class Window {
        private final int[] words;
        private final int[] rows;
        private final int[] facts;

        Window(WindowFeatures window) {
            words = Arrays.copyOf(window.words, window.wordCount);
            rows = Arrays.copyOf(window.rows, window.rowCount);
            facts = Arrays.copyOf(window.facts, window.factCount);
        }
    }

    private record Seen(List<Window> windows, Sample sample) {}

    private final float[] weights = new float[LinearModel.SLOTS];
    private final float[] squares = new float[LinearModel.SLOTS];
    private float bias;

    private InstructionTraining() {}

    /// Trains on `samples` and returns the model's bytes.
    public static byte[] train(List<Sample> samples, long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Seen> seen = see(samples, random);
        List<String> sources = seen.stream()
                .map(one -> one.sample().source())
                .distinct()
                .sorted()
                .toList();
        // how a whole text is judged is learned on sources that the windows' weights have not met
        List<double[]> facts = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            int mine = half;
            List<Seen> others = seen.stream()
                    .filter(one -> sources.indexOf(one.sample().source()) % 2 != mine)
                    .toList();
            InstructionTraining model = windows(others, random);
            for (Seen one : seen) {
                if (sources.indexOf(one.sample().source()) % 2 == mine) {
                    facts.add(model.summary(one).facts());
                    labels.add(one.sample().harmful());
                    origins.add(one.sample().source());
                }
            }
        }
        InstructionTraining model = windows(seen, random);
        double[] whole = whole(facts, labels, origins);
        return new LinearModel(model.weights, model.bias, whole).packed();
    }

    /// The scorer of a model's bytes.
    public static InstructionScorer scorer(byte[] model) throws IOException {
        return new InstructionScorer(LinearModel.read(model));
    }

    private static List<Seen> see(List<Sample> samples, RandomGenerator random) {
        WordClasses lexicon = WordClasses.shipped();
        WindowFeatures window = new WindowFeatures(LinearModel.SLOTS - 1);
        List<Seen> seen = new ArrayList<>();
        for (Sample sample : samples) {
            String text =
                    Folded.mayChange(sample.text()) ? Folded.of(sample.text()).text() : sample.text();
            Passages passages = new Passages(text, lexicon);
            List<Window> windows = new ArrayList<>();
            for (int at = 0; at + 1 < passages.passages; at++) {
                for (int length = 1; length <= 2 && at + length < passages.passages; length++) {
                    window.fill(passages, at, at + length);
                    windows.add(new Window(window));
                }
            }
            while (!sample.harmful() && windows.size() > WINDOWS_MAX) {
                windows.remove(random.nextInt(windows.size()));
            }
            if (!windows.isEmpty()) {
                seen.add(new Seen(windows, sample));
            }
        }
        return seen;
    }

    private static InstructionTraining windows(List<Seen> seen, RandomGenerator random) {
        InstructionTraining training = new InstructionTraining();
        Map<String, Double> shares = shares(seen.stream()
                .map(one -> one.sample().source() + one.sample().harmful())
                .toList());
        List<Seen> order = new ArrayList<>(seen);
        for (int round = 0; round < ROUNDS; round++) {
            for (int at = order.size() - 1; at > 0; at--) {
                Collections.swap(order, at, random.nextInt(at + 1));
            }
            for (Seen one : order) {
                double share =
                        shares.getOrDefault(one.sample().source() + one.sample().harmful(), 1.0);
                training.learn(one, round, (float) share, random);
            }
        }
        return training;
    }

    /// Each source's weight falls with the root of its size.
    private static Map<String, Double> shares(List<String> sources) {
        Map<String, Double> counts = new TreeMap<>();
        sources.forEach(source -> counts.merge(source, 1.0, Double::sum));
        double mean = (double) sources.size() / counts.size();
        counts.replaceAll((source, count) -> Math.clamp(Math.sqrt(mean / count), 0.4, 4));
        return counts;
    }

    private void learn(Seen one, int round, float share, RandomGenerator random) {
        List<Window> windows = one.windows();
        int any = random.nextInt(windows.size());
        Window best = windows.get(any);
        if (round > 0 || windows.size() <= 2) {
            for (Window window : windows) {
                best = logit(window, true) > logit(best, true) ? window : best;
            }
        }
        float caution = one.sample().harmful() && round == 0 && windows.size() > 4 ? 0.2f : 1;
        learn(best, one.sample().harmful(), share * caution, random);
        if (!one.sample().harmful()) {
            learn(windows.get(any), false, share * 0.5f, random);
        }
    }

    private float logit(Window window, boolean withWords) {
        float words = withWords ? sum(window.words) / (float) Math.sqrt(Math.max(1, window.words.length)) : 0;
        return bias
                + LinearModel.WORD_SHARE * words
                + LinearModel.ROW_SHARE * sum(window.rows) / (float) Math.sqrt(Math.max(1, window.rows.length))
                + LinearModel.FACT_SHARE * sum(window.facts);
    }

    private float sum(int[] slots) {
        float sum = 0;
        for (int slot : slots) {
            sum += weights[slot];
        }
        return sum;
    }

    private void learn(Window window, boolean harmful, float share, RandomGenerator random) {
        boolean withWords = random.nextInt(WORDS_FORGOTTEN_ONE_IN) > 0;
        float logit = logit(window, withWords);
        float error = share * ((harmful ? 1 : 0) - (float) (1 / (1 + Math.exp(-logit))));
        bias += 0.02f * error;
        if (withWords) {
            change(window.words, error * LinearModel.WORD_SHARE / (float) Math.sqrt(Math.max(1, window.words.length)));
        }
        change(window.rows, error * LinearModel.ROW_SHARE / (float) Math.sqrt(Math.max(1, window.rows.length)));
        change(window.facts, error * LinearModel.FACT_SHARE);
    }

    private void change(int[] slots, float gradient) {
        for (int slot : slots) {
            squares[slot] += gradient * gradient;
            weights[slot] += RATE * (gradient / (0.3f + (float) Math.sqrt(squares[slot])) - DECAY * weights[slot]);
        }
    }

    private Summary summary(Seen one) {
        Summary summary = new Summary();
        for (int at = 0; at < one.windows().size(); at++) {
            summary.add(logit(one.windows().get(at), true), at / 2, at % 2 + 1);
        }
        return summary;
    }

    private static double[] whole(List<double[]> facts, List<Boolean> labels, List<String> origins) {
        List<String> groups = new ArrayList<>();
        for (int at = 0; at < facts.size(); at++) {
            groups.add(origins.get(at) + labels.get(at));
        }
        Map<String, Double> shares = shares(groups);
        double[] weights = {-1, 1, 0, 0, 0};
        for (int round = 0; round < WHOLE_ROUNDS; round++) {
            double[] gradient = new double[weights.length];
            double total = 0;
            for (int at = 0; at < facts.size(); at++) {
                double logit = 0;
                for (int fact = 0; fact < weights.length; fact++) {
                    logit += weights[fact] * facts.get(at)[fact];
                }
                double share = shares.getOrDefault(groups.get(at), 1.0);
                double error = share * ((labels.get(at) ? 1 : 0) - 1 / (1 + Math.exp(-logit)));
                total += share;
                for (int fact = 0; fact < weights.length; fact++) {
                    gradient[fact] += error * facts.get(at)[fact];
                }
            }
            for (int fact = 0; fact < weights.length; fact++) {
                weights[fact] += WHOLE_RATE * gradient[fact] / total;
            }
        }
        return weights;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import dev.tollgate.inspection.plain.Folded;
import dev.tollgate.inspection.plain.Reading;
import dev.tollgate.inspection.plain.Wrapped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Says how likely a text carries instructions to a model. A text is as suspicious as its most
/// suspicious window, seen against the rest of the record; disguises are taken off first.
public final class InstructionScorer {
    private static final String MODEL = "/dev/tollgate/inspection/instructions.bin.gz";

    /// Looks at a text's first two mebichars: what no model could be given in one piece is not read to
    /// its end.
    private static final int CHARS_MAX = 2 << 20;

    private final WordClasses lexicon = WordClasses.shipped();
    private final LinearModel model;

    /// Reads the model that ships with the room.
    public InstructionScorer() {
        this(shipped());
    }

    InstructionScorer(LinearModel model) {
        this.model = model;
    }

    private static LinearModel shipped() {
        try (InputStream in = InstructionScorer.class.getResourceAsStream(MODEL)) {
            if (in == null) {
                throw new IllegalStateException("the resource `" + MODEL + "` is missing");
            }
            return LinearModel.read(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// From 0 (a record like others) to 1 (instructions to a model).
    public double score(Reading reading) {
        String seen = reading.folded().map(Folded::text).orElse(reading.text());
        if (seen.length() > CHARS_MAX) {
            seen = seen.substring(0, CHARS_MAX);
        }
        double logit = logit(seen);
        for (Wrapped wrapped : reading.wrapped()) {
            logit = Math.max(logit, logit(wrapped.text()));
        }
        for (String view : Views.of(seen)) {
            logit = Math.max(logit, logit(view));
        }
        return 1 / (1 + Math.exp(-logit));
    }

    /// From 0 to 1, of a text by itself.
    public double score(String text) {
        return score(Reading.of(text));
    }

    double logit(String text) {
        Passages passages = new Passages(text, lexicon);
        WindowFeatures window = WindowFeatures.of(passages, LinearModel.SLOTS - 1);
        Summary summary = new Summary();
        float words = 0;
        float rows = 0;
        int wordCount = 0;
        int rowCount = 0;
        for (int at = 0; at + 1 < passages.passages; at++) {
            window.fillWords(passages, at);
            float wordsHere = model.sum(window.words, window.wordCount);
            float rowsHere = model.sum(window.rows, window.rowCount);
            if (at > 0) {
                window.fillFacts(passages, at - 1, at + 1);
                float facts = model.sum(window.facts, window.factCount);
                summary.add(
                        model.logit(
                                words + wordsHere,
                                wordCount + window.wordCount,
                                rows + rowsHere,
                                rowCount + window.rowCount,
                                facts),
                        at - 1,
                        2);
            }
            window.fillFacts(passages, at, at + 1);
            float facts = model.sum(window.facts, window.factCount);
            summary.add(model.logit(wordsHere, window.wordCount, rowsHere, window.rowCount, facts), at, 1);
            words = wordsHere;
            rows = rowsHere;
            wordCount = window.wordCount;
            rowCount = window.rowCount;
        }
        return summary.logit(model.whole);
    }

    /// How a text's best window compares with the others.
    static final class Summary {
        static final int LENGTH = 5;
        private double best = -20;
        private int bestAt;
        private double others;
        private int count;
        private double secondBest = -20;
        private int secondAt;

        void add(double logit, int at, int length) {
            if (logit > best) {
                if (at > bestAt + 1) {
                    secondBest = best;
                    secondAt = bestAt;
                }
                best = logit;
                bestAt = at;
            } else if (at > bestAt + 1 && logit > secondBest) {
                secondBest = logit;
                secondAt = at;
            }
            if (length == 1) {
                others += Math.max(-8, logit);
                count++;
            }
        }

        double[] facts() {
            double mean = count > 1 ? (others - Math.max(-8, best)) / (count - 1) : 0;
            return new double[] {
                1,
                best,
                count > 1 ? best - mean : 0,
                Math.log(1 + count),
                secondAt > 0 || secondBest > -20 ? Math.max(-8, secondBest) : -4
            };
        }

        double logit(double[] weights) {
            double[] facts = facts();
            double sum = 0;
            for (int at = 0; at < LENGTH; at++) {
                sum += weights[at] * facts[at];
            }
            return sum;
        }
    }
}

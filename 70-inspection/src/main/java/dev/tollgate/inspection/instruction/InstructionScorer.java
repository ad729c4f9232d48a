// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import dev.tollgate.inspection.plain.Folded;
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
    public double score(String text) {
        String seen = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) : text;
        if (Folded.mayChange(seen)) {
            seen = Folded.of(seen).text();
        }
        double logit = logit(seen);
        for (Wrapped wrapped : Wrapped.in(seen)) {
            logit = Math.max(logit, logit(wrapped.text()));
        }
        for (String view : Views.of(seen)) {
            logit = Math.max(logit, logit(view));
        }
        return 1 / (1 + Math.exp(-logit));
    }

    double logit(String text) {
        Passages passages = new Passages(text, lexicon);
        WindowFeatures window = new WindowFeatures(LinearModel.SLOTS - 1);
        Summary summary = new Summary();
        for (int at = 0; at < passages.passages - 1 || (at == 0 && passages.size > 0); at++) {
            for (int length = 1; length <= 2 && at + length < passages.passages; length++) {
                window.fill(passages, passages.firsts[at], passages.firsts[at + length]);
                if (window.wordCount > 0) {
                    summary.add(model.logit(window), at, length);
                }
            }
            if (passages.passages <= 1) {
                break;
            }
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

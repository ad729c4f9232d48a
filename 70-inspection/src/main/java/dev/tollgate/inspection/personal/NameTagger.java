// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Tags names and addresses word by word, left to right, with weights learned by an averaged perceptron
/// (Collins 2002).
public final class NameTagger {
    /// Labels: nothing, a person's first and next word, an address's first and next word.
    public static final int LABELS = 5;

    static final int PERSON = 1;
    static final int ADDRESS = 3;
    private static final String MODEL = "/dev/tollgate/inspection/names.bin.gz";

    private final Lexicon lexicon;
    private final short[] weights;
    private final int mask;

    NameTagger(Lexicon lexicon, short[] weights) {
        this.lexicon = lexicon;
        this.weights = weights.clone();
        this.mask = weights.length / LABELS - 1;
    }

    /// Reads the tagger that ships with the room.
    static NameTagger shipped() {
        try (InputStream in = NameTagger.class.getResourceAsStream(MODEL)) {
            if (in == null) {
                throw new IllegalStateException("the resource `" + MODEL + "` is missing");
            }
            return read(Lexicon.shipped(), in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Reads a model as training writes it: hashes of common words, then two bytes for each feature and
    /// label.
    static NameTagger read(Lexicon lexicon, byte[] packed) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
            int common = in.readInt();
            List<Long> hashes = new ArrayList<>(common);
            for (int at = 0; at < common; at++) {
                hashes.add(in.readLong());
            }
            lexicon.common(hashes);
            byte[] bytes = new byte[in.readInt() * Short.BYTES];
            in.readFully(bytes);
            short[] weights = new short[bytes.length / Short.BYTES];
            ByteBuffer.wrap(bytes).asShortBuffer().get(weights);
            return new NameTagger(lexicon, weights);
        }
    }

    /// Adds the names and addresses of `text` to `found`.
    void tag(String text, List<Finding> found) {
        Words words = new Words(text);
        NameFeatures features = new NameFeatures(words, lexicon);
        int[] slots = new int[NameFeatures.COUNT];
        int[] scores = new int[LABELS];
        int label1 = 0;
        int label2 = 0;
        int open = -1;
        int last = -1;
        for (int at = 0; at < words.size; at++) {
            int label = 0;
            if (label1 != 0 || features.worthAsking(at)) {
                features.fill(at, label1, label2, slots, mask);
                label = best(slots, scores, label1);
            }
            boolean goesOn = label == PERSON + 1 || label == ADDRESS + 1;
            if (open >= 0 && !goesOn) {
                close(text, words, open, last, label1, found);
                open = -1;
            }
            if (label != 0 && open < 0) {
                open = at;
            }
            last = at;
            label2 = label1;
            label1 = label;
        }
        if (open >= 0) {
            close(text, words, open, last, label1, found);
        }
    }

    private int best(int[] slots, int[] scores, int label1) {
        java.util.Arrays.fill(scores, 0);
        for (int slot : slots) {
            int base = slot * LABELS;
            scores[0] += weights[base];
            scores[1] += weights[base + 1];
            scores[2] += weights[base + 2];
            scores[3] += weights[base + 3];
            scores[4] += weights[base + 4];
        }
        return best(scores, label1);
    }

    /// The label with the highest score that may follow `label1`.
    public static int best(int[] scores, int label1) {
        int best = 0;
        for (int label = 1; label < LABELS; label++) {
            boolean follows = label % 2 == 1 || label1 == label || label1 == label - 1;
            if (follows && scores[label] > scores[best]) {
                best = label;
            }
        }
        return best;
    }

    private static void close(String text, Words words, int open, int last, int label, List<Finding> found) {
        int end = words.ends[last];
        if (end < text.length() && text.charAt(end) == '.' && end - words.starts[last] <= 2) {
            end++;
        }
        Kind kind = label <= PERSON + 1 ? Kind.PERSON : Kind.ADDRESS;
        found.add(new Finding(kind, words.starts[open], end, "tagger"));
    }
}

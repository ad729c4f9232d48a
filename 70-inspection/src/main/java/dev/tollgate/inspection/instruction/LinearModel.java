// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Weights of what windows look like, and of how a text's best window compares with the others.
final class LinearModel {
    /// Room for what windows of all corpora look like, with few collisions.
    static final int SLOTS = 1 << 18;

    static final float WORD_SHARE = 1.0f;
    static final float ROW_SHARE = 1.0f;
    static final float FACT_SHARE = 0.3f;
    private static final int SHORT_MAX = 32_767;

    final float[] weights;
    float bias;
    /// Weights of a whole text: see `InstructionScorer`.
    final double[] whole;

    LinearModel(float[] weights, float bias, double[] whole) {
        this.weights = weights;
        this.bias = bias;
        this.whole = whole;
    }

    /// The score of a window, as a logit, from the sums of its weights.
    float logit(float words, int wordCount, float rows, int rowCount, float facts) {
        return bias
                + WORD_SHARE * words / (float) Math.sqrt(Math.max(1, wordCount))
                + ROW_SHARE * rows / (float) Math.sqrt(Math.max(1, rowCount))
                + FACT_SHARE * facts;
    }

    float sum(int[] slots, int count) {
        float sum = 0;
        for (int at = 0; at < count; at++) {
            sum += weights[slots[at]];
        }
        return sum;
    }

    byte[] packed() throws IOException {
        float largest = 1e-9f;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GZIPOutputStream zipped = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        };
        try (DataOutputStream out = new DataOutputStream(zipped)) {
            out.writeFloat(bias);
            out.writeInt(whole.length);
            for (double weight : whole) {
                out.writeDouble(weight);
            }
            out.writeFloat(largest);
            for (float weight : weights) {
                out.writeShort(Math.round(weight / largest * SHORT_MAX));
            }
        }
        return bytes.toByteArray();
    }

    static LinearModel read(byte[] packed) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
            float bias = in.readFloat();
            double[] whole = new double[in.readInt()];
            for (int at = 0; at < whole.length; at++) {
                whole[at] = in.readDouble();
            }
            float scale = in.readFloat() / SHORT_MAX;
            byte[] bytes = new byte[SLOTS * Short.BYTES];
            in.readFully(bytes);
            float[] weights = new float[SLOTS];
            ByteBuffer shorts = ByteBuffer.wrap(bytes);
            for (int at = 0; at < SLOTS; at++) {
                weights[at] = shorts.getShort() * scale;
            }
            return new LinearModel(weights, bias, whole);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

/// Tells drawn characters from written words and from fillers.
final class Entropy {
    private static final int ASCII = 128;
    private static final double LN2 = Math.log(2);
    private static final int SAME_RUN_MAX = 6;

    private Entropy() {}

    /// Shannon's entropy in bits a `char`.
    static double bits(CharSequence text, int from, int to) {
        int[] counts = new int[ASCII];
        for (int at = from; at < to; at++) {
            counts[text.charAt(at) % ASCII]++;
        }
        double sum = 0;
        double length = to - from;
        for (int count : counts) {
            if (count > 0) {
                sum -= count / length * Math.log(count / length) / LN2;
            }
        }
        return sum;
    }

    /// `xxxxxxxx`, `********`: whoever wrote it meant a place, not a secret.
    static boolean isFiller(CharSequence text, int from, int to) {
        int run = 1;
        for (int at = from + 1; at < to; at++) {
            run = text.charAt(at) == text.charAt(at - 1) ? run + 1 : 1;
            if (run > SAME_RUN_MAX && "xX*.0-_#".indexOf(text.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }
}

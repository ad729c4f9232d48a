// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.Arrays;

/// What the evaluation of candidates has found so far: numbers of satisfied and of failed policies.
final class Found {
    private static final ErrorKind[] NO_KINDS = {};

    final Numbers permits = new Numbers();
    final Numbers forbids = new Numbers();
    final Numbers failed = new Numbers();
    private ErrorKind[] kinds = NO_KINDS;

    void satisfied(Rule rule) {
        (rule.effect() == Effect.FORBID ? forbids : permits).add(rule.number());
    }

    void failed(Rule rule, ErrorKind kind) {
        int at = failed.size();
        failed.add(rule.number());
        if (at >= kinds.length) {
            kinds = Arrays.copyOf(kinds, Math.max(4, at * 2));
        }
        kinds[at] = kind;
    }

    ErrorKind[] kinds() {
        return kinds;
    }

    /// A list of ints that costs nothing while it is empty.
    static final class Numbers {
        private static final int[] NONE = {};

        private int[] numbers = NONE;
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(4, size * 2));
            }
            numbers[size++] = number;
        }

        int size() {
            return size;
        }

        int[] inOrder() {
            return size == numbers.length ? numbers : Arrays.copyOf(numbers, size);
        }

        int[] sorted() {
            int[] sorted = inOrder();
            if (size > 1) {
                Arrays.sort(sorted);
            }
            return sorted;
        }
    }
}

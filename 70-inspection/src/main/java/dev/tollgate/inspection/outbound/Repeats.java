// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Recognises values by their fingerprints in a text, however they are spaced, cased or dotted there.
final class Repeats {
    /// Part of a text, as indices of its letters.
    record Place(int from, int to) {}

    /// Places told of one text: more say nothing more.
    private static final int PLACES_MAX = 256;

    private final Fingerprints maker;
    private final long[] prints;
    private final long lengths;

    /// @param known fingerprints of the values to be recognised
    Repeats(Fingerprints maker, Collection<Long> known) {
        this.maker = maker;
        this.prints = known.stream().mapToLong(Long::longValue).sorted().toArray();
        long seen = 0;
        for (long print : prints) {
            seen |= 1L << (print & Fingerprints.LENGTH_MAX);
        }
        this.lengths = seen;
    }

    /// Whether there is nothing to be recognised.
    boolean nothing() {
        return prints.length == 0;
    }

    /// Every place where one of the values stands; longest first at each word, without overlaps.
    List<Place> in(Letters letters) {
        List<Place> found = new ArrayList<>();
        if (prints.length == 0) {
            return found;
        }
        int[] starts = Fingerprints.starts(letters);
        int word = 0;
        while (word + 1 < starts.length && found.size() < PLACES_MAX) {
            int end = at(letters, starts, word);
            if (end > word) {
                found.add(new Place(starts[word], starts[end]));
            }
            word = Math.max(word + 1, end);
        }
        return found;
    }

    /// Whether the letters as a whole are one of the values.
    boolean holds(Letters letters) {
        return letters.size() > 0 && known(letters, 0, letters.size());
    }

    private int at(Letters letters, int[] starts, int word) {
        int furthest = Math.min(starts.length - 1, word + Fingerprints.WORDS_MAX);
        for (int end = furthest; end > word; end--) {
            if (known(letters, starts[word], starts[end])) {
                return end;
            }
        }
        return word;
    }

    private boolean known(Letters letters, int from, int to) {
        int length = Math.min(Fingerprints.LENGTH_MAX, to - from);
        return (lengths & 1L << length) != 0 && Arrays.binarySearch(prints, maker.of(letters, from, to)) >= 0;
    }
}

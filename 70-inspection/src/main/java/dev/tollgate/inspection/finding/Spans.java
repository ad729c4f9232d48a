// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Keeps what one text's inspection found, in order and without overlaps.
public final class Spans {
    private static final Comparator<Finding> BY_PLACE =
            Comparator.comparingInt(Finding::start).thenComparingInt(found -> -found.end());

    private Spans() {}

    /// Findings in the order of their place. Of two that overlap, the one that came earlier in `found`
    /// stays: callers list what is proven (check digits, vendors' formats) before what is guessed. What
    /// stays is never cut shorter.
    public static List<Finding> settle(List<Finding> found) {
        if (found.size() < 2) {
            return List.copyOf(found);
        }
        List<Ranked> ranked = new ArrayList<>(found.size());
        for (int rank = 0; rank < found.size(); rank++) {
            ranked.add(new Ranked(found.get(rank), rank));
        }
        ranked.sort(Comparator.comparing(Ranked::finding, BY_PLACE).thenComparingInt(Ranked::rank));
        List<Ranked> kept = new ArrayList<>(found.size());
        for (Ranked next : ranked) {
            boolean stays = true;
            while (stays && !kept.isEmpty() && kept.getLast().finding().overlaps(next.finding())) {
                if (kept.getLast().rank() <= next.rank()) {
                    stays = false;
                } else {
                    kept.removeLast();
                }
            }
            if (stays) {
                kept.add(next);
            }
        }
        return kept.stream().map(Ranked::finding).toList();
    }

    private record Ranked(Finding finding, int rank) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Units taken from budgets for one call. They stay used, unless the call did not happen and gives them back.
public final class Reservation {
    /// Where units came from.
    record Part(Tray tray, long slot, long amount) {}

    private final List<Part> parts = new ArrayList<>();
    private final AtomicBoolean given = new AtomicBoolean();

    Reservation() {}

    void add(Part part) {
        parts.add(part);
    }

    /// Gives every unit back. Only the first call does.
    public void giveBack() {
        if (given.compareAndSet(false, true)) {
            parts.forEach(part -> part.tray().giveBack(part.slot(), part.amount()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Units taken from budgets for one call. They stay used, unless the call did not happen and gives them back.
public final class Reservation {
    private final List<Runnable> parts = new ArrayList<>();
    private final AtomicBoolean given = new AtomicBoolean();

    Reservation() {}

    /// @param back gives one part back
    void add(Runnable back) {
        parts.add(back);
    }

    /// Holds this too: what is given back, is given back together.
    public void hold(Reservation also) {
        parts.add(also::giveBack);
    }

    /// Gives every unit back. Only the first call does.
    public void giveBack() {
        if (given.compareAndSet(false, true)) {
            parts.forEach(Runnable::run);
        }
    }
}

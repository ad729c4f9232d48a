// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Loops;
import dev.tollgate.governance.course.Fulfilments;
import dev.tollgate.lineage.FlowDecay;
import dev.tollgate.lineage.FlowMemory;
import dev.tollgate.lineage.FlowPrints;
import dev.tollgate.lineage.Handles;
import dev.tollgate.lineage.heard.HeardWords;
import dev.tollgate.secrets.Artifacts;
import java.util.function.Supplier;

/// What the gateway remembers of calls in the store, for every node: counts, loops, what flows were shown, handles,
/// words, documents on their way, and what tasks have completed.
record Memories(
        Budgets budgets,
        Loops loops,
        FlowMemory flow,
        FlowPrints prints,
        Handles handles,
        HeardWords heard,
        Artifacts artifacts,
        Fulfilments fulfilments) {
    /// The memories in the store of these foundations.
    static Memories in(Foundations base) {
        return new Memories(
                new Budgets(base.store(), base.clock()),
                new Loops(base.store(), base.clock()),
                new FlowMemory(base.store(), base.clock()),
                new FlowPrints(base.store(), base.clock()),
                new Handles(base.store(), base.keys().handles(), base.clock()),
                new HeardWords(base.store(), base.keys().heard(), base.clock()),
                new Artifacts(base.store(), base.keys().artifacts(), base.clock(), base.random()),
                new Fulfilments(base.store(), base.clock()));
    }

    /// Forgets some of what has expired; returns how much.
    ///
    /// @param decay how long flows are remembered
    int forget(Supplier<FlowDecay> decay) {
        return budgets.forget()
                + loops.forget()
                + flow.forget()
                + prints.forget(decay.get())
                + handles.forget()
                + heard.forget()
                + artifacts.forget()
                + fulfilments.forget();
    }
}

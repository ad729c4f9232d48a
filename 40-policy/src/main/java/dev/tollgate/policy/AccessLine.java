// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.WorkflowId;
import java.util.Comparator;
import java.util.SortedSet;

/// One thing that policies let an agent do, and on which condition (requirement S0-42). Computed from the policies,
/// never from what was done.
///
/// @param agent       who
/// @param tier        its tier
/// @param zone        its zone
/// @param workflow    in which workflow
/// @param verb        to do what
/// @param dataClass   with data of which class
/// @param destination where that ends
/// @param view        how it is seen or written
/// @param condition   what remains to be true of the record, the person or the evidence; empty for nothing
/// @param objects     objects with such fields
/// @param rules       policies that permit it
public record AccessLine(
        AgentId agent,
        int tier,
        String zone,
        WorkflowId workflow,
        Verb verb,
        DataClass dataClass,
        String destination,
        View view,
        String condition,
        SortedSet<String> objects,
        SortedSet<String> rules) {
    /// Reading order: by agent, workflow, verb, class, and the most that is permitted first.
    public static final Comparator<AccessLine> ORDER = Comparator.comparing(
                    (AccessLine line) -> line.agent().value())
            .thenComparing(line -> line.workflow().value())
            .thenComparing(AccessLine::verb)
            .thenComparing(line -> line.dataClass().name())
            .thenComparing(AccessLine::destination)
            .thenComparing(AccessLine::view, Comparator.reverseOrder())
            .thenComparing(AccessLine::condition);
}

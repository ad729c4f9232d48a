// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.audit;

import java.util.List;
import java.util.Map;

/// What the auditors' page shows: what was asked, and what the log says to it.
///
/// @param asked    the fields of the forms as they were filled in; empty texts before anything was asked
/// @param problem  what is wrong with the question; empty when nothing is
/// @param answered whether a question was asked and answered
/// @param accesses who saw the customer
/// @param actions  what the agent did
/// @param note     how far the answer goes
public record AuditFound(
        Map<String, String> asked,
        String problem,
        boolean answered,
        List<Seen> accesses,
        List<Did> actions,
        String note) {
    /// One record that one call showed, or that it tried to.
    ///
    /// @param fields how each field was shown
    /// @param proven the values fit the commitments in the log
    public record Seen(
            String request,
            String at,
            String agent,
            String user,
            String intent,
            String tool,
            String record,
            String result,
            boolean proven,
            List<Field> fields) {
        public Seen {
            fields = List.copyOf(fields);
        }
    }

    /// A field and its view.
    public record Field(String name, String view, String dataClass, String rules) {}

    /// One thing that an agent did or tried.
    public record Did(String request, String at, String tool, String object, String result, String rules) {}

    public AuditFound {
        asked = Map.copyOf(asked);
        accesses = List.copyOf(accesses);
        actions = List.copyOf(actions);
    }

    /// What a form field holds.
    public String asked(String name) {
        return asked.getOrDefault(name, "");
    }
}

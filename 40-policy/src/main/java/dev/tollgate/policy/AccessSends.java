// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.policy.bundle.Destination;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What of a message may leave, by who receives it.
///
/// @param frame what the rules above Cedar let through
record AccessSends(Frame frame) {
    private static final Map<String, Outgoing.Recipients> KINDS = kinds();

    interface Each {
        void line(FieldType field, View view, String condition, boolean external, List<RuleId> rules);
    }

    private static Map<String, Outgoing.Recipients> kinds() {
        Map<String, Outgoing.Recipients> kinds = new LinkedHashMap<>();
        kinds.put("the recipient is on file", new Outgoing.Recipients(true, false, false));
        kinds.put("the recipient is of the house", new Outgoing.Recipients(false, true, false));
        kinds.put("the recipient is new at a company on file", new Outgoing.Recipients(false, false, false));
        kinds.put("the recipient is at a company that is new", new Outgoing.Recipients(false, false, true));
        return kinds;
    }

    /// Tells each field that the tool takes and the workflow reaches, with each kind of recipient that may have it.
    void each(Judge stands, Judge given, Each each) {
        KINDS.forEach((kind, recipients) -> {
            Outgoing outgoing = Outgoing.UNKNOWN.with(recipients);
            for (View view : List.of(View.CLEAR, View.MASKED)) {
                Ruling plain = stands.send(view, outgoing);
                Ruling most = given.send(view, outgoing);
                if (plain instanceof Ruling.Granted granted) {
                    tell(stands, view, kind, external(recipients), granted.rules(), each);
                    return;
                }
                if (most instanceof Ruling.Granted granted) {
                    tell(stands, view, Conditions.approved(kind), external(recipients), granted.rules(), each);
                    return;
                }
            }
        });
    }

    private boolean external(Outgoing.Recipients recipients) {
        return !recipients.internal() && !frame.destination().trust().equals(Destination.INTERNAL);
    }

    private void tell(Judge judge, View view, String condition, boolean external, List<RuleId> rules, Each each) {
        frame.object().fields().stream()
                .filter(field -> frame.tool().accepts().contains(field.name()))
                .filter(judge::inClass)
                .forEach(field -> each.line(field, view, condition, external, rules));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.audit.Access;
import dev.tollgate.audit.Action;
import dev.tollgate.audit.Authorised;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Auditors' answers as lines of JSON.
final class AuditLines {
    private AuditLines() {}

    static String access(Access access) {
        Map<String, Value> line = new TreeMap<>();
        line.put("log_index", Value.of(access.logIndex()));
        line.put("decision_index", Value.of(access.decisionIndex()));
        line.put("at", new Value.Moment(access.at()));
        line.put("request", Value.of(access.request()));
        line.put("agent", Value.of(access.agent()));
        line.put("user", Value.of(access.user()));
        access.intent().ifPresent(intent -> line.put("intent", Value.of(intent)));
        line.put("tool", Value.of(access.tool()));
        line.put("verb", Value.of(access.verb()));
        line.put("object", Value.of(access.object()));
        line.put("record", Value.of(access.record()));
        line.put("result", Value.of(access.result()));
        line.put("policy", Value.of(access.policy()));
        line.put("proven", Value.of(access.proven()));
        List<Value> fields = new ArrayList<>();
        for (Access.Shown shown : access.fields()) {
            fields.add(new Value.Fields(Map.of(
                    "field", Value.of(shown.field()),
                    "class", Value.of(shown.dataClass()),
                    "view", Value.of(shown.view().word()),
                    "rules", Value.texts(shown.rules()),
                    "reason", Value.of(shown.reason()))));
        }
        line.put("fields", new Value.Items(fields));
        return CanonicalJson.text(new Value.Fields(line));
    }

    static String action(Action action) {
        Map<String, Value> line = new TreeMap<>();
        line.put("log_index", Value.of(action.logIndex()));
        line.put("at", new Value.Moment(action.at()));
        line.put("request", Value.of(action.request()));
        line.put("tool", Value.of(action.tool()));
        line.put("verb", Value.of(action.verb()));
        line.put("object", Value.of(action.object()));
        action.decision().ifPresent(id -> line.put("decision", Value.of(id)));
        action.outcome().ifPresent(outcome -> line.put("outcome", Value.of(outcome)));
        action.result().ifPresent(result -> line.put("result", Value.of(result)));
        line.put("rules", Value.texts(action.rules()));
        return CanonicalJson.text(new Value.Fields(line));
    }

    static String authorised(Authorised authorised) {
        Map<String, Value> line = new TreeMap<>();
        line.put("policy", Value.of(authorised.policy()));
        line.put("decision", authorised.decision().content());
        authorised.token().ifPresent(entry -> line.put("token", entry.content()));
        return CanonicalJson.text(new Value.Fields(line));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.audit.Access;
import dev.tollgate.audit.Action;
import dev.tollgate.audit.AuditLineage;
import dev.tollgate.audit.Authorised;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Auditors' answers as lines of JSON.
final class AuditLines {
    private AuditLines() {}

    static String access(Access access) {
        return CanonicalJson.text(form(access));
    }

    /// What may be in what a call made.
    static String made(AuditLineage.Made made) {
        Map<String, Value> line = new TreeMap<>();
        line.put("artifact", form(made.artifact()));
        line.put("fields", fields(made.fields()));
        line.put("sources", items(made.sources(), AuditLines::form));
        return CanonicalJson.text(new Value.Fields(line));
    }

    /// Where a field may have gone.
    static String gone(AuditLineage.Gone gone) {
        Map<String, Value> line = new TreeMap<>();
        line.put("shown", form(gone.shown()));
        line.put("artifacts", items(gone.artifacts(), AuditLines::form));
        return CanonicalJson.text(new Value.Fields(line));
    }

    private static <T> Value items(List<T> all, Function<T, Value> form) {
        List<Value> items = new ArrayList<>(all.size());
        all.forEach(one -> items.add(form.apply(one)));
        return new Value.Items(items);
    }

    private static Value form(Access access) {
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
        line.put("fields", fields(access.fields()));
        return new Value.Fields(line);
    }

    private static Value fields(List<Access.Shown> all) {
        List<Value> fields = new ArrayList<>();
        for (Access.Shown shown : all) {
            fields.add(new Value.Fields(Map.of(
                    "field", Value.of(shown.field()),
                    "class", Value.of(shown.dataClass()),
                    "view", Value.of(shown.view().word()),
                    "rules", Value.texts(shown.rules()),
                    "reason", Value.of(shown.reason()),
                    "done", Value.texts(shown.done()))));
        }
        return new Value.Items(fields);
    }

    static String action(Action action) {
        return CanonicalJson.text(form(action));
    }

    private static Value form(Action action) {
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
        return new Value.Fields(line);
    }

    static String authorised(Authorised authorised) {
        Map<String, Value> line = new TreeMap<>();
        line.put("policy", Value.of(authorised.policy()));
        line.put("decision", authorised.decision().content());
        authorised.token().ifPresent(entry -> line.put("token", entry.content()));
        return CanonicalJson.text(new Value.Fields(line));
    }
}

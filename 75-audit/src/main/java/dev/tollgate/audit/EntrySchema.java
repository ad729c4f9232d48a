// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The form of each kind of entry, as the check expects it: members that must be there, and members that may.
final class EntrySchema {
    private static final Set<String> COMMON = Set.of("v", "kind", "at", "personal", "values");

    /// Paths to texts that must be there, and further members that may.
    private record Form(List<String> texts, Set<String> members) {}

    private static final Map<String, Form> FORMS = Map.of(
            "decision",
            new Form(
                    List.of(
                            "request",
                            "caller/agent",
                            "caller/user",
                            "caller/tenant",
                            "caller/session",
                            "caller/task",
                            "call/received",
                            "call/tool",
                            "call/system",
                            "call/object",
                            "call/verb",
                            "call/destination",
                            "ruling/decision",
                            "ruling/policy",
                            "ruling/outcome",
                            "ruling/reason"),
                    Set.of("caller", "call", "ruling", "risk", "flow", "warrant")),
            "outcome",
            new Form(
                    List.of("request", "result"),
                    Set.of("decision_index", "returned", "changed", "timings_micros", "refusal", "token", "traffic")),
            "refused",
            new Form(List.of("request", "tool", "result"), Set.of("caller", "detail", "trace")),
            "token-issued",
            new Form(List.of("request", "token/id", "token/expires"), Set.of("decision_index", "token")),
            "examined",
            new Form(
                    List.of("request", "caller/agent", "call/tool", "call/object", "policy", "token/id"),
                    Set.of("caller", "call", "token")),
            "secret-leased",
            new Form(List.of("system", "credential"), Set.of("seconds_max", "decision", "request")),
            "administered",
            new Form(List.of("event", "by"), Set.of("detail", "policy")));

    private EntrySchema() {}

    /// What is wrong with an entry; names members, never values.
    static Optional<String> problem(StoredEntry entry) {
        Form form = FORMS.get(entry.kind());
        if (form == null) {
            return Optional.of("an unknown kind");
        }
        if (!entry.number("v").equals(Optional.of((long) MerkleAuditLog.FORM))) {
            return Optional.of("an unknown version");
        }
        if (entry.at().isEmpty() || !(entry.content().values().get("personal") instanceof Value.Fields)) {
            return Optional.of("no time, or no commitments");
        }
        Optional<String> missing =
                form.texts().stream().filter(path -> entry.text(path).isEmpty()).findFirst();
        if (missing.isPresent()) {
            return Optional.of("`" + missing.get() + "` is missing");
        }
        Set<String> unknown = new TreeSet<>(entry.content().values().keySet());
        unknown.removeAll(COMMON);
        unknown.removeAll(form.members());
        form.texts().forEach(path -> unknown.remove(path.split("/", -1)[0]));
        return unknown.isEmpty() ? Optional.empty() : Optional.of("members that nobody knows");
    }
}

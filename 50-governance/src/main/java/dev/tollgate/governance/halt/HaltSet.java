// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import dev.tollgate.governance.halt.HaltScope.Kind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Scopes that are on, ready to be looked up: a call costs at most one hash look-up a kind and field.
final class HaltSet {
    private final Map<Kind, Set<String>> subjects;

    private HaltSet(Map<Kind, Set<String>> subjects) {
        this.subjects = subjects;
    }

    static HaltSet of(Collection<HaltScope> scopes) {
        Map<Kind, Set<String>> subjects = new EnumMap<>(Kind.class);
        scopes.forEach(scope ->
                subjects.computeIfAbsent(scope.kind(), _ -> new HashSet<>()).add(scope.subject()));
        return new HaltSet(subjects);
    }

    /// The kind of a scope that stops the call, or nothing.
    Optional<Kind> stops(HaltSubject call) {
        for (Kind kind : subjects.keySet()) {
            if (stops(kind, call)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private boolean stops(Kind kind, HaltSubject call) {
        Set<String> on = subjects.getOrDefault(kind, Set.of());
        return switch (kind) {
            case ALL -> true;
            case AGENT -> on.contains(call.agent().value());
            case AGENT_TYPE -> on.contains(call.agentType());
            case SESSION ->
                call.session().filter(session -> on.contains(session.value())).isPresent();
            case TASK -> call.task().filter(task -> on.contains(task.value())).isPresent();
            case USER -> on.contains(call.user().value());
            case TENANT -> on.contains(call.tenant().value());
            case TOOL -> call.tool().filter(tool -> on.contains(tool.value())).isPresent();
            case FIELD -> call.fields().stream().anyMatch(field -> on.contains(field.toString()));
            case DESTINATION -> call.destination().filter(on::contains).isPresent();
        };
    }
}

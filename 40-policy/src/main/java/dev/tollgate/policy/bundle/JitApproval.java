// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.ToolType;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Verb;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// An action that an agent never does without an approval, whatever policies say (requirement S1-6), for example
/// `opportunity:update:amount` or `email:send:external`.
///
/// @param subject   an object of a contract, or a family of scopes
/// @param verb      word of a verb; `update` stands for `write` and `reconcile`
/// @param qualifier a field that is written, `external` for what leaves the house, or `*`
public record JitApproval(String subject, String verb, String qualifier) {
    /// Somebody outside the house receives it.
    public static final String EXTERNAL = "external";

    static final String ANY = "*";
    private static final String UPDATE = "update";
    private static final Pattern GRAMMAR =
            Pattern.compile("([a-z][a-z0-9_-]{0,63}):([a-z]{1,20}):(\\*|[a-z][a-z0-9_]*)");

    /// The action of that text, or nothing when the text is none.
    static Optional<JitApproval> parse(String text) {
        var match = GRAMMAR.matcher(text);
        boolean known = match.matches()
                && (match.group(2).equals(UPDATE)
                        || Verb.of(match.group(2)).filter(Verb::changes).isPresent());
        return known ? Optional.of(new JitApproval(match.group(1), match.group(2), match.group(3))) : Optional.empty();
    }

    /// Whether an operation is the action.
    ///
    /// @param written  the fields that it writes
    /// @param external whether somebody outside the house receives it, or nobody can say
    public boolean covers(ToolType tool, Set<String> written, boolean external) {
        boolean about = tool.object().equals(subject)
                || tool.scopes().stream().anyMatch(scope -> scope.system().equals(subject));
        return about && verbs().contains(tool.verb()) && qualified(tool, written, external);
    }

    private boolean qualified(ToolType tool, Set<String> written, boolean external) {
        return switch (qualifier) {
            case ANY -> true;
            // A merge names no fields and may move every one of them.
            case EXTERNAL -> tool.verb() == Verb.SEND && external;
            default -> written.isEmpty() || written.contains(qualifier);
        };
    }

    Set<Verb> verbs() {
        return verb.equals(UPDATE)
                ? Set.of(Verb.WRITE, Verb.RECONCILE)
                : Verb.of(verb).map(Set::of).orElse(Set.of());
    }

    /// The rule that asks for the approval; `approvals.yaml` may say who gives it.
    public RuleId rule() {
        return new RuleId("jit:" + this);
    }

    @Override
    public String toString() {
        return subject + ":" + verb + ":" + qualifier;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What policy said of a call, for the whole and for each field (requirements S0-24, S1-25, S3-7).
///
/// @param decision names the decision
/// @param policy   the bundle that decided
/// @param outcome  `permit`, `deny`, `needs_step_up`, `needs_approval`
/// @param reason   category of the outcome's reason
/// @param rules    policies that determined it
/// @param verdicts each decided field
/// @param rows     conditions that every row must meet; their values stay out, they can name a person
/// @param findings words for what a message was found to hold, and how often; empty for anything else
/// @param completed what was fulfilled in the task before, as far as it counted; empty for tasks without steps
/// @param approval reference of the approval that it rests on
public record Ruling(
        String decision,
        PolicyVersion policy,
        String outcome,
        String reason,
        List<RuleId> rules,
        List<Verdict> verdicts,
        List<RowRule> rows,
        SortedMap<String, Long> findings,
        List<String> completed,
        Optional<String> approval) {
    /// Of anything but a message, outside of steps.
    public Ruling(
            String decision,
            PolicyVersion policy,
            String outcome,
            String reason,
            List<RuleId> rules,
            List<Verdict> verdicts,
            List<RowRule> rows,
            Optional<String> approval) {
        this(
                decision,
                policy,
                outcome,
                reason,
                rules,
                verdicts,
                rows,
                Collections.emptySortedMap(),
                List.of(),
                approval);
    }

    /// What policy said of one field.
    ///
    /// @param field     its name
    /// @param dataClass its class
    /// @param view      the view that is certain whatever the row is
    /// @param atMost    the highest view that some row may have
    /// @param rules     policies that determined it
    /// @param reason    category of the reason
    public record Verdict(String field, String dataClass, View view, View atMost, List<RuleId> rules, String reason) {
        public Verdict {
            rules = List.copyOf(rules);
        }

        Value.Fields form() {
            return new Members()
                    .put("field", field)
                    .put("class", dataClass)
                    .put("view", view.word())
                    .put("at_most", view == atMost ? Optional.empty() : Optional.of(atMost.word()))
                    .put("rules", ids(rules))
                    .put("reason", reason)
                    .fields();
        }
    }

    public Ruling {
        rules = List.copyOf(rules);
        verdicts = List.copyOf(verdicts);
        rows = List.copyOf(rows);
        completed = completed.stream().sorted().toList();
        findings = Collections.unmodifiableSortedMap(new TreeMap<>(findings));
    }

    Value.Fields form() {
        Members members = new Members()
                .put("decision", decision)
                .put("policy", policy.value())
                .put("outcome", outcome)
                .put("reason", reason)
                .put("rules", ids(rules))
                .put(
                        "verdicts",
                        new Value.Items(
                                List.copyOf(verdicts.stream().map(Verdict::form).toList())))
                .put(
                        "rows",
                        new Value.Items(
                                List.copyOf(rows.stream().map(Ruling::form).toList())))
                .put("approval", approval);
        if (!completed.isEmpty()) {
            members.put("completed", Value.texts(completed));
        }
        return (findings.isEmpty() ? members : members.put("findings", counts())).fields();
    }

    private Value counts() {
        Map<String, Value> counts = new TreeMap<>();
        findings.forEach((word, count) -> counts.put(word, Value.of(count)));
        return new Value.Fields(counts);
    }

    private static Value.Fields form(RowRule rule) {
        return new Members()
                .put("fact", rule.fact().word())
                .put("comparison", rule.comparison().word())
                .fields();
    }

    private static Value ids(List<RuleId> rules) {
        return Value.texts(rules.stream().map(RuleId::value).toList());
    }
}

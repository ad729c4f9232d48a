// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Conditions on records in words that people read: of the rules above Cedar, and of what remains of policies.
///
/// @param frame what the rules above Cedar let through
/// @param now   when
record Conditions(Frame frame, Instant now) {
    private static final String APPROVED = "people approve it";
    private static final int HOURS_A_DAY = 24;
    private static final String MORE = "other facts of the record let it";

    /// What holds of every record.
    String always() {
        return joined(words(frame.rules()));
    }

    /// What holds of those that show the field's highest view.
    String where(Finding finding) {
        Set<String> words = words(frame.rules());
        words.addAll(words(conditions(finding)));
        if (!exact(finding)) {
            words.add(MORE);
        }
        return joined(words);
    }

    /// The same where people have to give evidence.
    String approved(Finding finding) {
        Set<String> words = words(frame.rules());
        words.addAll(words(conditions(finding)));
        words.add(APPROVED);
        return joined(words);
    }

    /// The same condition, and that people approve.
    static String approved(String condition) {
        return condition.isEmpty()
                ? APPROVED
                : condition.endsWith(APPROVED) ? condition : condition + ", and " + APPROVED;
    }

    private static List<RowRule> conditions(Finding finding) {
        return finding.clear() instanceof Ruling.Open open ? open.needed() : finding.needed();
    }

    private static boolean exact(Finding finding) {
        return finding.clear() instanceof Ruling.Open open ? open.exact() : finding.exact();
    }

    private Set<String> words(List<RowRule> rules) {
        return rules.stream().map(this::word).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String joined(Set<String> words) {
        return String.join(", and ", words);
    }

    private String word(RowRule rule) {
        String value = value(rule.value());
        boolean equal = rule.comparison() == Comparison.EQUALS;
        boolean own = value.equals(frame.who().accounts().get(frame.contract().system()));
        if (equal
                && rule.fact() == Fact.TENANT
                && value.equals(frame.who().tenant().value())) {
            return "it is the person's tenant's";
        }
        if (equal && rule.fact() == Fact.OWNER && own) {
            return "it is the person's own";
        }
        if (equal && rule.fact() == Fact.CUSTOMER && value.equals(AccessReview.CUSTOMER)) {
            return "it is about the task's customer";
        }
        if (rule.fact() == Fact.UPDATED && rule.value() instanceof Value.Moment(Instant from)) {
            // Windows begin at a midnight: they are counted from the one to come.
            Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(HOURS_A_DAY, ChronoUnit.HOURS);
            long days = Duration.between(from, tomorrow).toHours() / HOURS_A_DAY;
            return rule.comparison() == Comparison.AT_LEAST
                    ? "it changed in the last " + days + " days"
                    : "its last change is " + rule.comparison().word() + " " + days + " days ago";
        }
        return rule.fact().word() + " " + rule.comparison().word() + " " + value;
    }

    private static String value(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num num -> num.number().toPlainString();
            case Value.Moment(Instant at) -> at.toString();
            case Value.Day day -> day.date().toString();
            case Value.Bool bool -> Boolean.toString(bool.truth());
            case Value.Items items ->
                items.values().stream().map(Conditions::value).collect(Collectors.joining(", "));
            case Value.Fields _, Value.Null _ -> "?";
        };
    }
}

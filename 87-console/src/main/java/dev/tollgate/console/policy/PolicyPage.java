// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.policy;

import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Moments;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Limit;
import dev.tollgate.terms.PolicyVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What is in force, since when, by whom, and what it says. Looks only: activation is a command of operators.
public final class PolicyPage implements Page {
    private static final int ACTIVATIONS_MAX = 50;
    private static final int VERSION_CHARS = 19;

    private final Bundles bundles;
    private final People people;
    private final InstantSource clock;

    /// The page over these bundles.
    public PolicyPage(Bundles bundles, People people, InstantSource clock) {
        this.bundles = bundles;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "policy";
    }

    @Override
    public String title() {
        return "Policy";
    }

    @Override
    public boolean visibleTo(Person who) {
        return people.answers(who);
    }

    @Override
    public String pulse(Person who) {
        return people.bundle().map(bundle -> bundle.version().value()).orElse("");
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        return people.bundle()
                .<Answer>map(bundle -> new Answer.Whole(200, title(), "policy", view(bundle)))
                .orElseGet(() -> new Answer.Said(
                        503, "No policy is in force", "Every call is refused until a bundle is activated.", ""));
    }

    private PolicyView view(Bundle bundle) {
        return new PolicyView(
                bundle.name() + (bundle.label().isEmpty() ? "" : " · " + bundle.label()),
                bundle.version().value(),
                activations(bundle.version()),
                rules(bundle),
                bundle.limits().stream().map(this::limit).toList(),
                bundle.approvals().entrySet().stream()
                        .map(entry -> new PolicyView.Approving(
                                entry.getKey().equals("*") ? "every other rule" : entry.getKey(),
                                String.join(", ", new TreeSet<>(entry.getValue().roles())),
                                Moments.span(entry.getValue().lasts())))
                        .sorted(Comparator.comparing(PolicyView.Approving::rule))
                        .toList());
    }

    private List<PolicyView.Change> activations(PolicyVersion inForce) {
        List<Bundles.Activation> history = bundles.history(ACTIVATIONS_MAX);
        long newest =
                history.stream().mapToLong(Bundles.Activation::number).max().orElse(0);
        return history.stream()
                .sorted(Comparator.comparingLong(Bundles.Activation::number).reversed())
                .map(one -> new PolicyView.Change(
                        Moments.at(one.at()),
                        one.by(),
                        one.label(),
                        brief(one.version()),
                        one.again(),
                        one.number() == newest && one.version().equals(inForce)))
                .toList();
    }

    private static String brief(PolicyVersion version) {
        String whole = version.value();
        return whole.substring(0, Math.min(VERSION_CHARS, whole.length()));
    }

    private static List<PolicyView.Rule> rules(Bundle bundle) {
        return bundle.rules().named().entrySet().stream()
                .map(entry -> new PolicyView.Rule(
                        entry.getValue().id().value(),
                        entry.getValue().category().orElse(""),
                        bundle.rules().forbids(entry.getKey())))
                .sorted(Comparator.comparing(PolicyView.Rule::forbids)
                        .reversed()
                        .thenComparing(PolicyView.Rule::id))
                .toList();
    }

    private PolicyView.InForce limit(Limit limit) {
        Instant now = clock.instant();
        Optional<Limit.Step> next =
                limit.steps().stream().filter(step -> step.from().isAfter(now)).findFirst();
        return new PolicyView.InForce(
                limit.name(),
                limit.at(now).map(value -> value.toPlainString()).orElse("none yet"),
                next.map(step -> step.value().toPlainString() + " from " + Moments.at(step.from()))
                        .orElse(""));
    }
}

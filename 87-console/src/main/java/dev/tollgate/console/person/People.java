// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.person;

import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.UserRecord;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The people of the active bundle. Asked anew for every request, so whoever leaves the bundle sees nothing more.
///
/// @param bundles where the active one is
public record People(Bundles bundles) {
    private static final String EVERYTHING_ELSE = "*";

    /// A person; nobody when the bundle does not know them, or none is in force.
    public Optional<Person> find(UserId user) {
        return bundle().map(bundle -> bundle.users().get(user))
                .map(record -> new Person(record.id(), record.tenant(), record.roles()));
    }

    /// Whether a person answers for what agents do: whoever may approve anything, by some rule, may also look.
    public boolean answers(Person who) {
        return bundle().map(bundle -> bundle.approvals().values().stream()
                        .anyMatch(terms -> who.roles().stream().anyMatch(terms.roles()::contains)))
                .orElse(false);
    }

    /// Whether a person answers for what no rule and no owner answers for: whoever may approve what no rule names
    /// others for.
    public boolean answersForTheRest(Person who) {
        return bundle().map(bundle -> bundle.approvals().get(EVERYTHING_ELSE))
                .filter(terms -> who.roles().stream().anyMatch(terms.roles()::contains))
                .isPresent();
    }

    /// Whom to enrol first: the first by name who may approve what no rule names others for.
    public Optional<Person> first() {
        return bundle().flatMap(bundle -> bundle.users().values().stream()
                .filter(user -> Optional.ofNullable(bundle.approvals().get(EVERYTHING_ELSE))
                        .filter(terms -> user.roles().stream().anyMatch(terms.roles()::contains))
                        .isPresent())
                .map(record -> new Person(record.id(), record.tenant(), record.roles()))
                .min(Comparator.comparing(person -> person.user().value())));
    }

    /// Whoever the bundle knows of a tenant.
    public Set<UserId> of(TenantId tenant) {
        return bundle().map(bundle -> bundle.users().values().stream()
                        .filter(user -> user.tenant().equals(tenant))
                        .map(UserRecord::id)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /// The bundle in force.
    public Optional<Bundle> bundle() {
        return bundles.active() instanceof Step.Passed<DecisionPoint> passed
                ? Optional.of(passed.state().bundle())
                : Optional.empty();
    }
}

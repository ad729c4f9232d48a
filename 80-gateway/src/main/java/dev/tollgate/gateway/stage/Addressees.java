// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Outlet;
import dev.tollgate.connectors.Row;
import dev.tollgate.containment.Budget;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Meter;
import dev.tollgate.containment.Reservation;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.lineage.Handles;
import dev.tollgate.policy.Lookups;
import dev.tollgate.policy.Outgoing;
import dev.tollgate.policy.Resolutions;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.MailAddress;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.ValueHandle;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds out who receives a message. A recipient that is named by a record becomes the address on it,
/// so that what is decided, approved and sent is one thing; the agent does not learn it. An address
/// that is in nobody's record is not on file, however much it looks like one that is.
///
/// @param readings reads addresses on file
/// @param budgets  count mails to each domain
/// @param handles  know what a handle stands for
public record Addressees(Readings readings, Budgets budgets, Handles handles) {
    /// A message whose recipients are known.
    ///
    /// @param send with addresses in the place of records
    record Addressed(Write.Send send, Outgoing.Recipients recipients) {}

    /// One recipient.
    ///
    /// @param named it was given as a record, and so is on file
    private record Recipient(MailAddress address, boolean named) {}

    /// Refuses with `NotFound`, `Malformed`, `OverBudget`, `UpstreamFailed`, `Undecidable` or `Unrecorded`.
    Step<Addressed> of(Assessed assessed, Write.Send asked) {
        List<String> fields =
                assessed.validated().tool().outlet().map(Outlet::recipients).orElse(List.of());
        if (fields.isEmpty()) {
            return Step.pass(new Addressed(asked, Outgoing.Recipients.NOBODY));
        }
        Lookups lookups = new Lookups(assessed.who().policy());
        Optional<Lookups.Place> place = lookups.place(assessed.who().principal(), asked, assessed.situation());
        Search search = new Search(assessed, lookups, place, readings, handles);
        Map<String, Value> values = new TreeMap<>(asked.values());
        List<Recipient> recipients = new ArrayList<>();
        for (String field : fields) {
            if (!values.containsKey(field)) {
                continue;
            }
            Step<List<Recipient>> found = search.recipients(field, values.get(field));
            if (found instanceof Step.Refused<List<Recipient>> refused) {
                return Step.refuse(refused.why());
            }
            List<Recipient> these = ((Step.Passed<List<Recipient>>) found).state();
            recipients.addAll(these);
            values.put(field, written(values.get(field), these));
        }
        return charged(assessed, recipients)
                .then(_ -> search.known(recipients))
                .then(known -> Step.pass(new Addressed(asked.with(values), known)));
    }

    /// The same shape as given: a list, or one address.
    private static Value written(@org.jspecify.annotations.Nullable Value given, List<Recipient> recipients) {
        List<String> texts =
                recipients.stream().map(one -> one.address().text()).toList();
        return given instanceof Value.Text ? Value.of(texts.getFirst()) : Value.texts(texts);
    }

    /// Requirement S4-30: mails to one domain are counted for all agents of a tenant together. Given
    /// back with what the call would change.
    private Step<Reservation> charged(Assessed assessed, List<Recipient> recipients) {
        Principal who = assessed.who().principal();
        Optional<Budget> budget = Contain.limits(assessed.who()).budget(Meter.MAILS_PER_DOMAIN_AND_DAY);
        List<Charge> charges = new ArrayList<>();
        Set<String> hosts = recipients.stream()
                .map(one -> one.address().host())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        budget.ifPresent(most -> hosts.forEach(host -> charges.add(Charge.mail(who.tenant(), host, most))));
        return budgets.reserve(charges).then(taken -> {
            assessed.from().held().effect().hold(taken);
            return Step.pass(taken);
        });
    }

    /// Looks one message's recipients up. For one call.
    private record Search(
            Assessed assessed, Lookups lookups, Optional<Lookups.Place> place, Readings readings, Handles handles) {
        Step<List<Recipient>> recipients(String field, @org.jspecify.annotations.Nullable Value value) {
            List<Value> items = value instanceof Value.Items(List<Value> several)
                    ? several
                    : value == null ? List.of() : List.of(value);
            List<Recipient> found = new ArrayList<>();
            for (Value item : items) {
                Step<Recipient> one = recipient(field, item instanceof Value.Text(String text) ? text : "");
                if (one instanceof Step.Refused<Recipient> refused) {
                    return Step.refuse(refused.why());
                }
                found.add(((Step.Passed<Recipient>) one).state());
            }
            return Step.pass(found);
        }

        private Step<Recipient> recipient(String field, String text) {
            Optional<MailAddress> address = MailAddress.parse(text);
            if (address.isPresent()) {
                return Step.pass(new Recipient(address.get(), false));
            }
            Optional<ValueHandle> handle = ValueHandle.of(text);
            if (handle.isPresent()) {
                return handled(field, handle.get());
            }
            Optional<Lookups.Place> known =
                    place.filter(there -> text.startsWith(there.file().prefix()));
            if (known.isEmpty() || known.get().own().isEmpty()) {
                return Step.refuse(new Refusal.NotFound());
            }
            RecordId record =
                    new RecordId(text.substring(known.get().file().prefix().length()));
            return filed(field, known.get(), record);
        }

        /// A handle is resolved for the task that it was made for, at the place where addresses are on file, when
        /// policy lets this sink have it. Whatever is missing of that, the answer is the same.
        private Step<Recipient> handled(String field, ValueHandle handle) {
            return handles.find(assessed.who().principal(), handle)
                    .then(found -> found.filter(this::resolves)
                            .map(at -> filed(field, place.orElseThrow(), at.record()))
                            .orElseGet(() -> Step.refuse(new Refusal.NotFound())));
        }

        private boolean resolves(Handles.Place at) {
            return place.filter(there -> there.own().isPresent()
                            && at.system().equals(there.file().system())
                            && at.field()
                                    .equals(new FieldPath(
                                            there.file().object(), there.file().address())))
                    .flatMap(_ -> new Resolutions(assessed.who().policy())
                            .permits(
                                    assessed.who().principal(),
                                    assessed.validated().asked().target(),
                                    at.system(),
                                    at.field(),
                                    assessed.situation()))
                    .isPresent();
        }

        /// The address on a record that the task may know.
        private Step<Recipient> filed(String field, Lookups.Place there, RecordId record) {
            return readings.of(
                            assessed, lookups.named(there, record, there.own().orElseThrow(), assessed.situation()))
                    .then(rows -> rows.rows().isEmpty()
                            ? Step.refuse(new Refusal.NotFound())
                            : address(there, rows.rows().getFirst())
                                    .flatMap(MailAddress::parse)
                                    .<Step<Recipient>>map(found -> Step.pass(new Recipient(found, true)))
                                    .orElseGet(() -> Step.refuse(new Refusal.Malformed(List.of(
                                            "`/values/" + field + "` names a record without a plain address")))));
        }

        /// The worse of two answers wherever something is not known.
        Step<Outgoing.Recipients> known(List<Recipient> recipients) {
            Set<String> house = assessed.who().policy().bundle().internalDomains();
            Set<String> asked = new LinkedHashSet<>();
            recipients.stream().filter(one -> !one.named()).forEach(one -> {
                asked.add(one.address().text());
                asked.add(one.address().text().toLowerCase(Locale.ROOT));
            });
            return addresses(asked).then(filed -> {
                List<MailAddress> strangers = new ArrayList<>();
                Set<String> hosts = new HashSet<>(house);
                int found = 0;
                for (Recipient one : recipients) {
                    boolean onFile = one.named() || filed.stream().anyMatch(one.address()::same);
                    if (onFile) {
                        found++;
                        hosts.add(one.address().host());
                    } else {
                        strangers.add(one.address());
                    }
                }
                boolean internal = recipients.stream()
                        .allMatch(one -> house.contains(one.address().host()));
                boolean onFile = found > 0 && strangers.stream().allMatch(one -> house.contains(one.host()));
                return fresh(strangers, hosts)
                        .then(fresh -> Step.pass(new Outgoing.Recipients(onFile, internal, fresh)));
            });
        }

        private Step<List<String>> addresses(Set<String> asked) {
            if (asked.isEmpty() || place.isEmpty() || place.get().own().isEmpty()) {
                return Step.pass(List.of());
            }
            Lookups.Place there = place.get();
            return readings.of(
                            assessed,
                            lookups.addressed(there, asked, there.own().get(), assessed.situation()))
                    .then(rows -> Step.pass(rows.rows().stream()
                            .flatMap(row -> address(there, row).stream())
                            .toList()));
        }

        /// Whether one of them is in a domain that nobody on file is in.
        private Step<Boolean> fresh(List<MailAddress> strangers, Set<String> hosts) {
            for (MailAddress one : strangers) {
                if (hosts.contains(one.host())) {
                    continue;
                }
                Step<Boolean> met = met(one.host());
                if (!(met instanceof Step.Passed<Boolean>(Boolean yes))) {
                    return met;
                }
                if (!yes) {
                    return Step.pass(true);
                }
                hosts.add(one.host());
            }
            return Step.pass(false);
        }

        private Step<Boolean> met(String host) {
            return place.isEmpty()
                    ? Step.pass(false)
                    : readings.of(assessed, lookups.inDomain(place.get(), host, assessed.situation()))
                            .then(rows -> Step.pass(rows.rows().stream()
                                    .flatMap(row -> address(place.get(), row).stream())
                                    .anyMatch(filed ->
                                            filed.toLowerCase(Locale.ROOT).endsWith("@" + host))));
        }

        private static Optional<String> address(Lookups.Place place, Row row) {
            return row.fields().get(place.file().address()) instanceof Value.Text(String text)
                    ? Optional.of(text)
                    : Optional.empty();
        }
    }
}

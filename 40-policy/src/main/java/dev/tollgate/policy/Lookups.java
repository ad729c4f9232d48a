// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the gateway may read for itself to learn who receives a message: addresses on file, inside the
/// tenant, and in a task that is bound to a customer, of that customer. The agent can neither choose
/// nor see what is read.
///
/// @param policy the policies that decide the message
public record Lookups(DecisionPoint policy) {
    /// Rows of one look-up: enough to meet every recipient on several records. What stands beyond is
    /// unknown, which is the worse for the message.
    public static final int ROWS_MAX = 50;

    /// Where the addresses of a message's recipients are on file, and within which walls.
    ///
    /// @param file   the object and its field of addresses
    /// @param tenant rules that keep other tenants out
    /// @param own    the same, and those that keep other customers out; nothing when the object cannot tell
    ///               them apart
    public record Place(Frame frame, Outlet.OnFile file, List<RowRule> tenant, Optional<List<RowRule>> own) {
        public Place {
            tenant = List.copyOf(tenant);
            own = own.map(List::copyOf);
        }
    }

    /// The place for a message, or nothing when policy would not look at it, or its contract keeps nobody
    /// on file.
    public Optional<Place> place(Principal who, Write.Send send, Situation situation) {
        Gate.Passage passage = new Gate(policy.bundle()).check(who, send.target(), situation.now());
        if (!(passage instanceof Gate.Passage.Open(Frame frame))) {
            return Optional.empty();
        }
        return frame.tool()
                .outlet()
                .flatMap(Outlet::onFile)
                .flatMap(file -> policy.bundle()
                        .catalog()
                        .object(file.system(), file.object())
                        .map(object ->
                                new Place(frame, file, new Walls(frame).tenant(object), new Walls(frame).own(object))));
    }

    /// The reading of the record that a recipient is named by.
    public Examinations.Permission named(Place place, RecordId record, List<RowRule> rules, Situation situation) {
        Operation.Get reading = new Operation.Get(target(place, Verb.READ), record, fields(place), List.of());
        return permitted(reading, rules, situation);
    }

    /// The reading of records with one of these addresses.
    public Examinations.Permission addressed(
            Place place, Collection<String> addresses, List<RowRule> rules, Situation situation) {
        Operation.Condition among =
                new Operation.Condition(place.file().address(), Comparison.IN, Value.texts(addresses));
        return permitted(search(place, among), rules, situation);
    }

    /// The reading of records with an address in a domain: some of those that have the domain somewhere in
    /// it.
    public Examinations.Permission inDomain(Place place, String domain, Situation situation) {
        Operation.Condition has =
                new Operation.Condition(place.file().address(), Comparison.CONTAINS, Value.of("@" + domain));
        return permitted(search(place, has), place.tenant(), situation);
    }

    private Operation.Search search(Place place, Operation.Condition where) {
        return new Operation.Search(
                target(place, Verb.SEARCH), List.of(where), List.of(), rows(place), 0, fields(place), List.of());
    }

    private int rows(Place place) {
        return policy.bundle()
                .catalog()
                .contract(place.file().system())
                .map(contract -> Math.min(ROWS_MAX, contract.limits().rowsMax()))
                .orElse(1);
    }

    private List<String> fields(Place place) {
        String address = place.file().address();
        String id = policy.bundle()
                .catalog()
                .object(place.file().system(), place.file().object())
                .map(ObjectType::idField)
                .orElse(address);
        return id.equals(address) ? List.of(id) : List.of(id, address);
    }

    private Operation.Target target(Place place, Verb verb) {
        return new Operation.Target(
                place.file().system(),
                place.file().object(),
                place.frame().tool().name(),
                verb,
                Operation.Target.AGENT);
    }

    private Examinations.Permission permitted(Operation asked, List<RowRule> rules, Situation situation) {
        return new Examinations(policy).permitted(asked, rules, situation);
    }
}

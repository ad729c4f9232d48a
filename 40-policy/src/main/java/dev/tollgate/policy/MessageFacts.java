// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the gateway may read for itself to judge what a message says: the states of the records that it speaks of, and
/// what is the recipient's own. Inside the tenant, and of the task's customer. The agent neither chooses nor sees it.
///
/// @param policy the policies that decide the message
public record MessageFacts(DecisionPoint policy) {
    private static final DataClass PERSONAL = new DataClass("direct-identifier");
    private static final DataClass STATE_GIVEN = new DataClass("government-identifier");
    private static final DataClass IDENTIFIER = new DataClass("record-identifier");

    /// The states of the task's customer's records of an object, with what names each record. Nothing
    /// when the task names no customer or the object has none: then nothing can be said of them.
    public Optional<Examinations.Permission> states(
            Principal who, Write.Send send, SystemId system, String object, String field, Situation situation) {
        Optional<Contract> contract = policy.bundle().catalog().contract(system);
        Optional<ObjectType> type = contract.flatMap(there -> there.object(object));
        Optional<String> customer = who.delegation().customer();
        if (type.isEmpty() || customer.isEmpty() || !type.get().facts().containsKey(Fact.CUSTOMER)) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>(names(type.get()));
        fields.add(field);
        List<RowRule> rules = new ArrayList<>();
        rules.add(equal(type.get(), Fact.CUSTOMER, customer.get()));
        if (type.get().facts().containsKey(Fact.TENANT)) {
            rules.add(equal(type.get(), Fact.TENANT, who.tenant().value()));
        }
        Operation.Target target =
                new Operation.Target(system, object, send.target().tool(), Verb.SEARCH, Operation.Target.AGENT);
        int rows = Math.min(Lookups.ROWS_MAX, contract.get().limits().rowsMax());
        return Optional.of(permitted(
                new Operation.Search(target, List.of(), List.of(), rows, 0, fields, List.of()), rules, situation));
    }

    /// Fields by which a message can name one of the records: its id and the numbers that customers know.
    public static List<String> names(ObjectType object) {
        return object.fields().stream()
                .filter(field -> field.name().equals(object.idField())
                        || (field.type() == ValueType.TEXT && field.dataClass().equals(IDENTIFIER)))
                .map(FieldType::name)
                .toList();
    }

    /// What the records with these addresses say of the persons themselves.
    public Optional<Examinations.Permission> own(
            Lookups.Place place, Collection<String> addresses, Situation situation) {
        return policy.bundle()
                .catalog()
                .object(place.file().system(), place.file().object())
                .map(object -> {
                    Operation.Target target = new Operation.Target(
                            place.file().system(),
                            place.file().object(),
                            place.frame().tool().name(),
                            Verb.SEARCH,
                            Operation.Target.AGENT);
                    Operation.Condition among =
                            new Operation.Condition(place.file().address(), Comparison.IN, Value.texts(addresses));
                    return permitted(
                            new Operation.Search(
                                    target, List.of(among), List.of(), Lookups.ROWS_MAX, 0, own(object), List.of()),
                            place.own().orElse(place.tenant()),
                            situation);
                });
    }

    private List<String> own(ObjectType object) {
        DataClasses classes = policy.bundle().catalog().classes();
        List<String> own = new ArrayList<>(List.of(object.idField()));
        object.fields().stream()
                .filter(field -> field.type() == ValueType.TEXT
                        && classes.within(field.dataClass(), PERSONAL)
                        && !classes.within(field.dataClass(), STATE_GIVEN))
                .map(FieldType::name)
                .forEach(own::add);
        return own;
    }

    private static RowRule equal(ObjectType object, Fact fact, String value) {
        return new RowRule(fact, Comparison.EQUALS, RowFacts.typed(object, fact, value));
    }

    private Examinations.Permission permitted(Operation asked, List<RowRule> rules, Situation situation) {
        return new Examinations(policy).permitted(asked, rules, situation);
    }
}

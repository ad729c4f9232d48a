// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.Rec;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Verb;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The contracts as Cedar sees them: one entity a field, in its class and the classes above, its object
/// and its system. Placed once when a bundle is compiled, one store a system, because two systems may
/// both have a `contact.email`.
public final class World {
    /// A sink takes the value that a handle stands for: no verb of agents.
    public static final EntityUid RESOLVE = EntityUid.of("Action", "resolve");

    private static final Map<Verb, EntityUid> ACTIONS = actions();

    private final DataClasses classes;
    private final Map<SystemId, Entities> bySystem;
    private final Map<SystemId, Map<String, Map<String, Place>>> places;

    private World(
            DataClasses classes,
            Map<SystemId, Entities> bySystem,
            Map<SystemId, Map<String, Map<String, Place>>> places) {
        this.classes = classes;
        this.bySystem = Map.copyOf(bySystem);
        this.places = Map.copyOf(places);
    }

    private static Map<Verb, EntityUid> actions() {
        Map<Verb, EntityUid> actions = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.values()) {
            actions.put(verb, EntityUid.of("Action", verb.word()));
        }
        return actions;
    }

    /// Places every contract of a catalog.
    static World of(Catalog catalog) {
        Map<SystemId, Entities> bySystem = new HashMap<>();
        Map<SystemId, Map<String, Map<String, Place>>> places = new HashMap<>();
        for (Contract contract : catalog.contracts()) {
            places.put(contract.system(), places(contract, catalog.classes()));
            bySystem.put(contract.system(), Entities.of(entities(contract, catalog.classes())));
        }
        return new World(catalog.classes(), bySystem, places);
    }

    /// The resident entities of a system.
    public Entities entities(SystemId system) {
        return bySystem.getOrDefault(system, Entities.EMPTY);
    }

    /// A field of a contract, named once.
    ///
    /// @param path    its path
    /// @param uid     its entity
    /// @param classes its class and the classes above it
    public record Place(FieldPath path, EntityUid uid, Set<DataClass> classes) {}

    /// Where a field of a contract is; nothing when no contract knows it.
    public Optional<Place> place(SystemId system, String object, String field) {
        return Optional.ofNullable(places.get(system))
                .map(objects -> objects.get(object))
                .map(fields -> fields.get(field));
    }

    /// The entity of a field.
    public static EntityUid uid(FieldPath path) {
        return EntityUid.of("Field", path.toString());
    }

    /// The entity of an action.
    public static EntityUid action(Verb verb) {
        return java.util.Objects.requireNonNull(ACTIONS.get(verb));
    }

    /// The entity of a field that no contract knows, to be laid over the resident ones.
    public Entity unknown(SystemId system, FieldPath path, FieldType strictest) {
        return field(system, path, strictest, classes);
    }

    /// The entity of a sink, to be laid over the resident ones.
    public static Entity sink(Destination sink) {
        return Entity.of(
                EntityUid.of("Sink", sink.name()),
                Rec.of(Map.of(
                        "name", new CedarValue.Str(sink.name()),
                        "kind", new CedarValue.Str(sink.kind()),
                        "zone", new CedarValue.Str(sink.zone()),
                        "trust", new CedarValue.Str(sink.trust()))),
                List.of());
    }

    private static Map<String, Map<String, Place>> places(Contract contract, DataClasses classes) {
        Map<String, Map<String, Place>> objects = new HashMap<>();
        for (ObjectType object : contract.objects()) {
            Map<String, Place> fields = new HashMap<>();
            for (FieldType field : object.fields()) {
                FieldPath path = new FieldPath(object.name(), field.name());
                Set<DataClass> within = new HashSet<>(classes.ancestors(field.dataClass()));
                within.add(field.dataClass());
                fields.put(field.name(), new Place(path, uid(path), Set.copyOf(within)));
            }
            objects.put(object.name(), fields);
        }
        return objects;
    }

    private static List<Entity> entities(Contract contract, DataClasses classes) {
        List<Entity> entities = new ArrayList<>();
        EntityUid system = EntityUid.of("System", contract.system().value());
        entities.add(Entity.of(system));
        for (Verb verb : Verb.values()) {
            // A message is neither a reading nor a change of a field: policies name `send` itself.
            List<EntityUid> groups = verb == Verb.SEND
                    ? List.of()
                    : List.of(EntityUid.of("Action", verb.changes() ? "changes" : "reads"));
            entities.add(Entity.of(action(verb), Rec.EMPTY, groups));
        }
        for (ObjectType object : contract.objects()) {
            entities.add(Entity.of(EntityUid.of("Object", object.name()), Rec.EMPTY, List.of(system)));
            for (FieldType field : object.fields()) {
                entities.add(field(contract.system(), new FieldPath(object.name(), field.name()), field, classes));
            }
        }
        return entities;
    }

    private static Entity field(SystemId system, FieldPath path, FieldType field, DataClasses classes) {
        List<EntityUid> parents = new ArrayList<>();
        parents.add(EntityUid.of("Object", path.object()));
        parents.add(EntityUid.of("System", system.value()));
        // Every class above is named as a parent: the hierarchy of classes lives in the catalog and nowhere else.
        parents.add(EntityUid.of("DataClass", field.dataClass().name()));
        for (DataClass above : classes.ancestors(field.dataClass())) {
            parents.add(EntityUid.of("DataClass", above.name()));
        }
        return Entity.of(
                uid(path),
                Rec.of(Map.of(
                        "name", new CedarValue.Str(field.name()),
                        "object", new CedarValue.Str(path.object()),
                        "system", new CedarValue.Str(system.value()),
                        "class", new CedarValue.Str(field.dataClass().name()),
                        "tier", new CedarValue.Int(field.tier()),
                        "owner", new CedarValue.Str(field.owner()),
                        "writeClass", new CedarValue.Str(field.writeClass().word()),
                        "source", new CedarValue.Str(field.sourceOfTruth()))),
                parents);
    }
}

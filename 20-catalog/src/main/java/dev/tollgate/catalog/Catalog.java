// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be asked of every connected system. Immutable; look-ups are one hash each.
public final class Catalog {
    private record Place(SystemId system, String object) {}

    private record Offer(ToolType tool, Contract contract) {}

    private final List<Contract> contracts;
    private final DataClasses classes;
    private final List<ToolType> tools;
    private final Map<ToolName, Offer> offers;
    private final Map<SystemId, Contract> systems;
    private final Map<Place, ObjectType> objects;
    private final Map<Place, Map<String, FieldType>> fields;

    /// Over checked contracts.
    ///
    /// @throws IllegalArgumentException when two contracts have the same system or the same tool
    public Catalog(Collection<Contract> contracts, DataClasses classes) {
        this.contracts = contracts.stream()
                .sorted(Comparator.comparing(contract -> contract.system().value()))
                .toList();
        this.classes = classes;
        Map<ToolName, Offer> offered = new HashMap<>();
        Map<SystemId, Contract> connected = new HashMap<>();
        Map<Place, ObjectType> kinds = new HashMap<>();
        Map<Place, Map<String, FieldType>> named = new HashMap<>();
        for (Contract contract : this.contracts) {
            if (connected.put(contract.system(), contract) != null) {
                throw new IllegalArgumentException("two contracts are for the system `" + contract.system() + "`");
            }
            for (ToolType tool : contract.tools()) {
                if (offered.put(tool.name(), new Offer(tool, contract)) != null) {
                    throw new IllegalArgumentException("two tools have the name `" + tool.name() + "`");
                }
            }
            for (ObjectType object : contract.objects()) {
                Place place = new Place(contract.system(), object.name());
                kinds.put(place, object);
                Map<String, FieldType> byName = new HashMap<>();
                object.fields().forEach(field -> byName.put(field.name(), field));
                named.put(place, Map.copyOf(byName));
            }
        }
        this.offers = Map.copyOf(offered);
        this.systems = Map.copyOf(connected);
        this.objects = Map.copyOf(kinds);
        this.fields = Map.copyOf(named);
        this.tools = offered.values().stream()
                .map(Offer::tool)
                .sorted(Comparator.comparing(tool -> tool.name().value()))
                .toList();
    }

    /// Every contract, sorted by system.
    public List<Contract> contracts() {
        return contracts;
    }

    /// The data classes that the contracts use.
    public DataClasses classes() {
        return classes;
    }

    /// Every tool of every contract, sorted by name.
    public List<ToolType> tools() {
        return tools;
    }

    /// The tool of that name, or nothing when no contract has it.
    public Optional<ToolType> tool(ToolName name) {
        return Optional.ofNullable(offers.get(name)).map(Offer::tool);
    }

    /// The contract that offers a tool, or nothing when none does.
    public Optional<Contract> contractOf(ToolName name) {
        return Optional.ofNullable(offers.get(name)).map(Offer::contract);
    }

    /// The contract of a system, or nothing when it is not connected.
    public Optional<Contract> contract(SystemId system) {
        return Optional.ofNullable(systems.get(system));
    }

    /// An object of a system, or nothing when its contract has none of that name.
    public Optional<ObjectType> object(SystemId system, String object) {
        return Optional.ofNullable(objects.get(new Place(system, object)));
    }

    /// A field of a system; one that the contract does not know is of the strictest class and is never shown in part.
    public FieldType field(SystemId system, FieldPath path) {
        FieldType field =
                fields.getOrDefault(new Place(system, path.object()), Map.of()).get(path.field());
        return field == null ? FieldType.unknown(path.field()) : field;
    }

    /// Whether the contract of a system knows a field.
    public boolean knows(SystemId system, FieldPath path) {
        return fields.getOrDefault(new Place(system, path.object()), Map.of()).containsKey(path.field());
    }
}

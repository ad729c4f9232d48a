// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import dev.tollgate.scenarios.matrix.CanaryValues.Cell;
import dev.tollgate.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Plants canaries in the demo CRM: one record of each kind in each object.
final class DemoCanaries {
    private final BundleText bundle;
    private final CanaryValues values;
    private final List<Kind> kinds;
    private final Map<String, List<Canaries.Planted>> records = new TreeMap<>();

    /// Facts that all canary records of one kind share.
    ///
    /// @param name     for reports
    /// @param owner    account of the owner
    /// @param tenant   tenant
    /// @param customer the customer that the record is about
    record Kind(String name, String owner, String tenant, String customer) {}

    /// @param kinds tasks that are about a customer are about the first kind's
    DemoCanaries(BundleText bundle, Instant now, List<Kind> kinds) {
        this.bundle = bundle;
        this.values = new CanaryValues(now);
        this.kinds = List.copyOf(kinds);
    }

    void plant(Store store) {
        store.write(session -> {
            for (String object : bundle.fields().keySet()) {
                for (Kind kind : kinds) {
                    insert(session, object, kind);
                }
            }
            return records.size();
        });
    }

    Canaries planted() {
        return new Canaries(records);
    }

    private void insert(Store.Session session, String object, Kind kind) {
        Map<String, String> factFields = bundle.facts().getOrDefault(object, Map.of());
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (BundleText.Field field : bundle.fields().getOrDefault(object, List.of())) {
            cells.put(field.name(), cell(field, kind, factFields));
        }
        String columns = cells.keySet().stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        String marks = String.join(", ", Collections.nCopies(cells.size(), "?"));
        Object[] stored = cells.values().stream().map(Cell::stored).toArray();
        session.update("insert into \"demo_" + object + "\" (" + columns + ") values (" + marks + ")", stored);
        Map<String, String> tokens = new TreeMap<>();
        cells.forEach((name, cell) -> cell.token().ifPresent(token -> tokens.put(name, token)));
        String id = tokens.getOrDefault(bundle.ids().getOrDefault(object, ""), "");
        String bound = kinds.getFirst().customer();
        records.computeIfAbsent(object, _ -> new ArrayList<>())
                .add(new Canaries.Planted(object, kind.name(), id, bound, tokens, row(factFields, tokens)));
    }

    private static Oracle.Row row(Map<String, String> factFields, Map<String, String> tokens) {
        Map<String, String> facts = new TreeMap<>();
        Optional<Instant> updated = Optional.empty();
        for (Map.Entry<String, String> fact : factFields.entrySet()) {
            String token = tokens.getOrDefault(fact.getValue(), "");
            if (fact.getKey().equals("updated")) {
                updated = Optional.of(Instant.parse(token));
            } else {
                facts.put(fact.getKey(), token);
            }
        }
        return new Oracle.Row(facts, updated);
    }

    private Cell cell(BundleText.Field field, Kind kind, Map<String, String> facts) {
        if (field.name().equals(facts.get("owner"))) {
            return CanaryValues.text(kind.owner());
        }
        if (field.name().equals(facts.get("tenant"))) {
            return CanaryValues.text(kind.tenant());
        }
        boolean names =
                field.name().equals(facts.get("customer")) && !field.name().equals("id");
        return names ? CanaryValues.text(kind.customer()) : values.next(field);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Relation;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.terms.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An object of the contract as the guard needs it: which column of the system is behind each name.
///
/// @param upstream  the system's name of the object
/// @param idField   contract name of the record id
/// @param id        column of the record id
/// @param columns   by contract name of the field, the id's too
/// @param facts     contract name of the field behind each fact
/// @param upstreams every upstream name that the contract knows
/// @param rowsMax   rows of one answer that the contract allows
/// @param references object of the contract that a field points at, by contract name of the field
/// @param version   column that tells a record's state, when the system has no stamp of its own
record Layout(
        String upstream,
        String idField,
        Ask.Column id,
        Map<String, Ask.Column> columns,
        Map<Fact, String> facts,
        Set<String> upstreams,
        int rowsMax,
        Map<String, String> references,
        Optional<Ask.Column> version) {
    Layout {
        references = Map.copyOf(references);
        columns = Map.copyOf(columns);
        facts = Map.copyOf(facts);
        upstreams = Set.copyOf(upstreams);
    }

    static Layout of(
            String upstream, String idField, Map<String, Ask.Column> columns, Map<Fact, String> facts, int rowsMax) {
        Ask.Column named = columns.get(idField);
        if (named == null) {
            throw new IllegalArgumentException("the id field `" + idField + "` is not a field of the contract");
        }
        Ask.Column id = new Ask.Column(named.upstream(), Ask.Kind.RECORD);
        Map<String, Ask.Column> all = new HashMap<>(columns);
        all.put(idField, id);
        for (String field : facts.values()) {
            require(columns.containsKey(field), "a fact names `" + field + "`, which is not a field of the contract");
        }
        Set<String> upstreams =
                columns.values().stream().map(Ask.Column::upstream).collect(Collectors.toSet());
        return new Layout(upstream, idField, id, all, facts, upstreams, rowsMax, Map.of(), Optional.empty());
    }

    /// The layout of an object of a contract.
    static Layout of(ObjectType object, int rowsMax) {
        Map<String, Ask.Column> columns = new HashMap<>();
        for (FieldType field : object.fields()) {
            columns.put(field.name(), new Ask.Column(field.upstream(), kind(field.type())));
        }
        Map<String, String> references = new HashMap<>();
        for (Relation relation : object.relations()) {
            references.put(relation.field(), relation.object());
        }
        Layout plain = of(object.upstream(), object.idField(), columns, object.facts(), rowsMax);
        return new Layout(
                plain.upstream,
                plain.idField,
                plain.id,
                plain.columns,
                plain.facts,
                plain.upstreams,
                rowsMax,
                references,
                object.version().flatMap(plain::column));
    }

    private static Ask.Kind kind(ValueType type) {
        return switch (type) {
            case TEXT -> Ask.Kind.TEXT;
            case INTEGER -> Ask.Kind.WHOLE;
            case DECIMAL -> Ask.Kind.NUMBER;
            case BOOLEAN -> Ask.Kind.TRUTH;
            case DATE -> Ask.Kind.DAY;
            case MOMENT -> Ask.Kind.MOMENT;
            case REFERENCE -> Ask.Kind.RECORD;
            case LIST -> Ask.Kind.LIST;
        };
    }

    /// The column of a field, when the contract has it.
    Optional<Ask.Column> column(String field) {
        return Optional.ofNullable(columns.get(field));
    }

    /// The column behind a fact, when the contract maps it.
    Optional<Ask.Column> column(Fact fact) {
        return Optional.ofNullable(facts.get(fact)).flatMap(this::column);
    }
}

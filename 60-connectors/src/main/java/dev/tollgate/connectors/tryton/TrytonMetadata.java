// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.SystemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Describes the models of a Tryton database that a CRM is made of, by `fields_get`.
final class TrytonMetadata {
    /// Of some 500 models of a database, those that hold customers. An operator may write others into the contract.
    private static final List<String> MODELS = List.of(
            "party.party",
            "party.address",
            "party.contact_mechanism",
            "party.identifier",
            "sale.opportunity",
            "sale.sale",
            "sale.line",
            "sale.complaint",
            "account.invoice",
            "account.payment",
            "bank.account",
            "bank.account.number",
            "ir.note");

    private static final int PICKS_MAX = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final TrytonSession session;

    TrytonMetadata(TrytonSession session) {
        this.session = session;
    }

    Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        List<Metadata.Kind> kinds = new ArrayList<>();
        for (String model : installed(credential, limits)) {
            ArrayNode params = NODES.arrayNode().add(NODES.arrayNode()).add(NODES.objectNode());
            JsonNode fields = call("model." + model + ".fields_get", params, credential, limits);
            kinds.add(new Metadata.Kind(model, "id", columns(fields)));
        }
        return new Metadata(system, "tryton", kinds);
    }

    /// Which of the models this database has: modules differ.
    private List<String> installed(Credential credential, DoorLimits limits) {
        ArrayNode names = NODES.arrayNode();
        MODELS.forEach(names::add);
        ArrayNode domain =
                NODES.arrayNode().add(NODES.arrayNode().add("model").add("in").add(names));
        ArrayNode order = NODES.arrayNode().add(NODES.arrayNode().add("id").add("ASC"));
        ArrayNode params =
                NODES.arrayNode().add(domain).add(0).add(MODELS.size()).add(order);
        params.add(NODES.arrayNode().add("model")).add(NODES.objectNode());
        List<String> found = new ArrayList<>();
        call("model.ir.model.search_read", params, credential, limits)
                .forEach(model -> found.add(model.path("model").asString("")));
        return MODELS.stream().filter(found::contains).toList();
    }

    private JsonNode call(String method, ArrayNode params, Credential credential, DoorLimits limits) {
        return session.call(method, params, credential, Deadline.in(limits.timeMax()), limits.bytesMax());
    }

    private static List<Metadata.Column> columns(JsonNode fields) {
        if (!fields.isObject()) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        List<Metadata.Column> columns = new ArrayList<>();
        Map<String, JsonNode> sorted = new TreeMap<>();
        fields.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        sorted.forEach((name, field) -> type(field.path("type").asString(""))
                .ifPresent(type -> columns.add(new Metadata.Column(
                        name,
                        field.path("string").asString(""),
                        type,
                        picklist(field.path("selection")),
                        type == ValueType.REFERENCE
                                ? Optional.of(field.path("relation").asString(""))
                                : Optional.empty(),
                        field.path("readonly").asBoolean(false)))));
        return columns;
    }

    /// Nothing for what no field of a contract can hold: files, pictures, dictionaries.
    private static Optional<ValueType> type(String word) {
        return switch (word) {
            case "char", "text", "fulltext", "selection", "reference", "time" -> Optional.of(ValueType.TEXT);
            case "integer", "bigint" -> Optional.of(ValueType.INTEGER);
            case "numeric", "float" -> Optional.of(ValueType.DECIMAL);
            case "boolean" -> Optional.of(ValueType.BOOLEAN);
            case "date" -> Optional.of(ValueType.DATE);
            case "datetime", "timestamp" -> Optional.of(ValueType.MOMENT);
            case "many2one", "one2one" -> Optional.of(ValueType.REFERENCE);
            case "one2many", "many2many", "multiselection" -> Optional.of(ValueType.LIST);
            default -> Optional.empty();
        };
    }

    /// Pairs of word and label. The name of a method instead means that the words depend on the record.
    private static List<String> picklist(JsonNode selection) {
        List<String> words = new ArrayList<>();
        for (JsonNode pair : selection) {
            String word = pair.path(0).asString("");
            if (!word.isEmpty() && words.size() < PICKS_MAX) {
                words.add(word);
            }
        }
        return words;
    }
}

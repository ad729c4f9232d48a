// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Sharing;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.SystemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads what a partner is sent of a record. A field that the contract maps and no terms cover is never sent.
record SharingReader(ObjectType object, List<String> accepts, DataClasses classes, ProblemLog log) {
    Optional<Sharing> read(YamlNode.Mapping outlet) {
        if (outlet.get("shares").isEmpty()) {
            return Optional.empty();
        }
        YamlNode.Mapping shares = outlet.mapping("shares");
        String record = named(shares, "record");
        if (!accepts.equals(List.of(record))) {
            log.add(shares.at("record"), "a tool that `shares` accepts the record and nothing else");
        }
        SortedMap<String, String> fields = new TreeMap<>();
        for (YamlNode.Entry entry : shares.mapping("fields").entries()) {
            known(entry.key(), entry);
            fields.put(entry.key(), entry.value().asText().orElse(""));
        }
        if (shares.get("holder").isPresent() != shares.get("labels").isPresent()) {
            log.add(shares.at("record"), "a document says who holds it and which labels it carries, both or neither");
        }
        List<Sharing.Terms> terms = new ArrayList<>();
        for (YamlNode.Entry entry : shares.mapping("terms").entries()) {
            terms.add(terms(entry, fields));
        }
        return Optional.of(new Sharing(
                new SystemId(shares.text("system").orElse("unknown")),
                shares.text("object").orElse(""),
                record,
                fields,
                named(shares, "purpose"),
                named(shares, "until"),
                shares.text("holder").map(_ -> list(shares, "holder")),
                shares.text("labels").map(_ -> list(shares, "labels")),
                terms));
    }

    private String list(YamlNode.Mapping shares, String key) {
        String name = named(shares, key);
        if (object.field(name).filter(field -> field.type() == ValueType.LIST).isEmpty()) {
            log.add(shares.at(key), "who holds a document, and its labels, are fields of type `list`");
        }
        return name;
    }

    private String named(YamlNode.Mapping shares, String key) {
        Optional<String> name = shares.text(key);
        if (name.flatMap(object::field).isEmpty()) {
            log.add(shares.at(key), "the object `" + object.name() + "` has no such field");
        }
        return name.orElse("");
    }

    private void known(String field, YamlNode.Entry entry) {
        boolean writable =
                object.field(field).isPresent() && !field.equals(object.idField()) && !accepts.contains(field);
        if (!writable) {
            log.add(entry.keyAt(), Problem.quote(field) + " is no field that the gateway could fill");
        }
    }

    private Sharing.Terms terms(YamlNode.Entry entry, SortedMap<String, String> fields) {
        YamlNode.Mapping terms = Parts.body(entry);
        List<DataClass> authorised = new ArrayList<>();
        for (YamlNode.Scalar item : terms.texts("classes")) {
            DataClass name = new DataClass(item.text());
            if (!classes.contains(name)) {
                log.add(item.at(), "there is no data class " + Problem.quote(item.text()));
            }
            authorised.add(name);
        }
        SortedSet<String> covered = new TreeSet<>();
        for (String field : fields.keySet()) {
            object.field(field)
                    .filter(one -> authorised.stream().anyMatch(above -> classes.within(one.dataClass(), above)))
                    .ifPresent(_ -> covered.add(field));
        }
        return new Sharing.Terms(
                entry.key(),
                covered,
                terms.integer("keep_days").map(Math::toIntExact).orElse(1));
    }
}

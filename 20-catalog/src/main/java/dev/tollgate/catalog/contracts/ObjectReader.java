// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Relation;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.terms.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one object of a contract and checks that its parts fit together.
final class ObjectReader {
    private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,3}d");
    private static final String NO_WINDOW = "none";
    private static final Set<ValueType> NAMES_SOMEBODY =
            EnumSet.of(ValueType.TEXT, ValueType.REFERENCE, ValueType.INTEGER);
    private static final Set<ValueType> TELLS_STATE = EnumSet.of(ValueType.INTEGER, ValueType.MOMENT, ValueType.TEXT);
    private static final Set<ValueType> TELLS_WHEN = EnumSet.of(ValueType.MOMENT, ValueType.DATE);

    private final DataClasses classes;
    private final String system;
    private final YamlNode.Mapping objects;
    private final ProblemLog log;

    ObjectReader(DataClasses classes, String system, YamlNode.Mapping objects, ProblemLog log) {
        this.classes = classes;
        this.system = system;
        this.objects = objects;
        this.log = log;
    }

    ObjectType read(YamlNode.Entry entry) {
        YamlNode.Mapping object = Parts.body(entry);
        YamlNode.Mapping fields = object.mapping("fields");
        FieldReader reader = new FieldReader(
                classes, object.text("owner").orElse(""), object.text("source").orElse(system), log);
        Map<String, FieldType> read = new HashMap<>();
        List<FieldType> inOrder = new ArrayList<>();
        for (YamlNode.Entry field : fields.entries()) {
            FieldType one = reader.read(field);
            read.put(one.name(), one);
            inOrder.add(one);
        }
        upstreams(fields, read);
        id(object, fields, read);
        suggestions(fields, read);
        new NeedsReader(log).check(fields, read);
        Map<Fact, String> facts = facts(object.mapping("facts"), fields, read);
        List<Relation> relations = relations(object.mapping("relations"), fields, read);
        String description = object.text("description").orElse("");
        Parts.visible(object, "description", log);
        return new ObjectType(
                entry.key(),
                object.text("upstream").orElse(entry.key()),
                object.text("id").orElse(""),
                facts,
                window(object, facts),
                inOrder,
                relations,
                description,
                version(object, fields, read));
    }

    /// One column under two names would have two classes, and the laxer one would be a way around the
    /// stricter.
    private void upstreams(YamlNode.Mapping fields, Map<String, FieldType> read) {
        Map<String, String> seen = new HashMap<>();
        for (YamlNode.Entry field : fields.entries()) {
            String upstream = Optional.ofNullable(read.get(field.key()))
                    .map(FieldType::upstream)
                    .orElse(field.key());
            String before = seen.putIfAbsent(upstream, field.key());
            if (before != null) {
                log.add(
                        field.keyAt(),
                        Problem.quote(field.key()) + " has the same upstream name as " + Problem.quote(before));
            }
        }
    }

    /// A suggestion goes where agents write drafts, and can hold what the field itself can.
    private void suggestions(YamlNode.Mapping fields, Map<String, FieldType> read) {
        for (YamlNode.Entry entry : fields.entries()) {
            YamlNode.Mapping field = Parts.body(entry);
            Optional<FieldType> target = named(field, "suggest", fields, read);
            FieldType from = read.get(entry.key());
            if (target.isEmpty() || from == null) {
                continue;
            }
            boolean draft = target.get().writeClass() == WriteClass.DRAFT;
            boolean same = target.get().type() == from.type()
                    && target.get().picklist().equals(from.picklist());
            if (!draft || !same) {
                log.add(field.at("suggest"), "a suggestion goes to a `draft` field of the same type and picklist");
            }
            if (!from.writeClass().commits()) {
                log.add(field.at("suggest"), "only a field that agents do not write has a field for suggestions");
            }
        }
    }

    private void id(YamlNode.Mapping object, YamlNode.Mapping fields, Map<String, FieldType> read) {
        Optional<FieldType> id = named(object, "id", fields, read);
        if (id.isEmpty()) {
            return;
        }
        if (typed(fields, id.get()) && id.get().type() != ValueType.REFERENCE) {
            log.add(object.at("id"), "the id must be a field of type `reference`");
        }
        if (id.get().conceal() || id.get().mask().isPresent()) {
            log.add(object.at("id"), "the id can be neither concealed nor masked: without it there is no record");
        }
    }

    private Optional<String> version(YamlNode.Mapping object, YamlNode.Mapping fields, Map<String, FieldType> read) {
        return named(object, "version", fields, read).map(field -> {
            if (typed(fields, field) && !TELLS_STATE.contains(field.type())) {
                log.add(object.at("version"), "the version must be a field of type `integer`, `moment` or `text`");
            }
            return field.name();
        });
    }

    private Map<Fact, String> facts(YamlNode.Mapping facts, YamlNode.Mapping fields, Map<String, FieldType> read) {
        Map<Fact, String> mapped = new EnumMap<>(Fact.class);
        for (Fact fact : Fact.values()) {
            named(facts, fact.word(), fields, read).ifPresent(field -> {
                Set<ValueType> wanted = fact == Fact.UPDATED ? TELLS_WHEN : NAMES_SOMEBODY;
                if (typed(fields, field) && !wanted.contains(field.type())) {
                    String types = fact == Fact.UPDATED ? "`moment` or `date`" : "`reference`, `text` or `integer`";
                    log.add(facts.at(fact.word()), "the fact must be a field of type " + types);
                }
                mapped.put(fact, field.name());
            });
        }
        return mapped;
    }

    private Optional<Duration> window(YamlNode.Mapping object, Map<Fact, String> facts) {
        Optional<String> said = object.text("window");
        boolean days = said.filter(text -> DAYS.matcher(text).matches()).isPresent();
        boolean dated = facts.containsKey(Fact.UPDATED);
        if (days && object.mapping("facts").get("updated").isEmpty()) {
            log.add(object.at("window"), "a window needs the fact `updated`");
        }
        if (!dated || said.filter(NO_WINDOW::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(said.filter(_ -> days)
                .map(text -> Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))))
                .orElse(ObjectType.WINDOW_DEFAULT));
    }

    private List<Relation> relations(YamlNode.Mapping relations, YamlNode.Mapping fields, Map<String, FieldType> read) {
        List<Relation> all = new ArrayList<>();
        for (YamlNode.Entry entry : relations.entries()) {
            YamlNode.Mapping relation = Parts.body(entry);
            Optional<FieldType> by = named(relation, "field", fields, read);
            if (by.isPresent() && typed(fields, by.get()) && by.get().type() != ValueType.REFERENCE) {
                log.add(relation.at("field"), "a relation goes by a field of type `reference`");
            }
            Optional<String> target = relation.text("object");
            if (target.isPresent() && objects.get(target.get()).isEmpty()) {
                log.add(
                        relation.at("object"),
                        "there is no object " + Problem.quote(target.get()),
                        target.get(),
                        Parts.keys(objects));
            }
            all.add(new Relation(entry.key(), relation.text("field").orElse(""), target.orElse("")));
        }
        return all;
    }

    /// Whether the type of a field could be read: one slip is told once.
    private static boolean typed(YamlNode.Mapping fields, FieldType field) {
        return fields.mapping(field.name()).text("type").flatMap(ValueType::of).isPresent();
    }

    /// The field that a key of `from` names; complains when there is none of that name.
    private Optional<FieldType> named(
            YamlNode.Mapping from, String key, YamlNode.Mapping fields, Map<String, FieldType> read) {
        Optional<String> name = from.text(key);
        if (name.isPresent() && !read.containsKey(name.get())) {
            log.add(from.at(key), "there is no field " + Problem.quote(name.get()), name.get(), Parts.keys(fields));
        }
        return name.map(read::get);
    }
}

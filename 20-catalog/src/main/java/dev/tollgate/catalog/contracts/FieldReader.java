// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Mask;
import dev.tollgate.catalog.Origin;
import dev.tollgate.catalog.RevenueField;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.terms.DataClass;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one field of an object.
final class FieldReader {
    /// Two names in one: what nobody answers for alone, nobody answers for.
    private static final Pattern SEVERAL = Pattern.compile("[,;/&+|]|\\b(?i:and|or)\\b");

    private final DataClasses classes;
    private final String owner;
    private final String source;
    private final ProblemLog log;

    /// @param owner  who answers for a field that does not say; empty when nobody does
    /// @param source source of truth of a field that does not say
    FieldReader(DataClasses classes, String owner, String source, ProblemLog log) {
        this.classes = classes;
        this.owner = owner;
        this.source = source;
        this.log = log;
    }

    FieldType read(YamlNode.Entry entry) {
        YamlNode.Mapping field = Parts.body(entry);
        Optional<ValueType> type = field.text("type").flatMap(ValueType::of);
        Optional<DataClasses.Entry> dataClass = dataClass(field);
        int tier = tier(field, dataClass);
        Optional<Mask> mask = field.text("mask").flatMap(Mask::of);
        if (mask.isPresent() && type.isPresent() && !mask.get().fits(type.get())) {
            log.add(
                    field.at("mask"),
                    "the mask `" + mask.get().word() + "` is not for fields of type `"
                            + type.get().word() + "`");
        }
        List<String> picklist =
                field.texts("picklist").stream().map(YamlNode.Scalar::text).toList();
        boolean worded = type.isEmpty() || type.get() == ValueType.TEXT || type.get() == ValueType.LIST;
        if (!picklist.isEmpty() && !worded) {
            log.add(field.at("picklist"), "only fields of type `text` and `list` have a picklist");
        }
        boolean conceal = field.truth("conceal").orElse(false);
        if (conceal && field.get("placeholder").isPresent()) {
            log.add(field.at("placeholder"), "a placeholder would tell that a concealed field exists");
        }
        if (field.truth("review").orElse(false)) {
            log.add(field.at("review"), "the suggested class was not looked at: check it, then remove `review`");
        }
        String answers = field.text("owner").orElse(owner);
        if (answers.isEmpty() && field.get("owner").isEmpty()) {
            log.add(entry.keyAt(), Problem.quote(entry.key()) + " has no owner, and its object names none");
        }
        Parts.visible(field, "description", log);
        Parts.visible(field, "placeholder", log);
        return new FieldType(
                entry.key(),
                field.text("upstream").orElse(entry.key()),
                type.orElse(ValueType.TEXT),
                dataClass.map(DataClasses.Entry::name).orElse(DataClass.UNCLASSIFIED),
                tier,
                mask,
                answers,
                field.text("write").flatMap(WriteClass::of).orElse(WriteClass.NEVER),
                revenue(field, entry),
                picklist,
                field.text("source").orElse(source),
                conceal,
                field.text("placeholder"),
                field.text("suggest"),
                field.truth("filter")
                        .orElse(type.filter(kind -> kind == ValueType.LIST).isEmpty()),
                new StatesReader(log).read(field, picklist),
                new NeedsReader(log).read(field, picklist),
                field.text("origin")
                        .flatMap(Origin::of)
                        .orElseGet(() -> Origin.usual(
                                type.orElse(ValueType.TEXT),
                                dataClass.map(DataClasses.Entry::name).orElse(DataClass.UNCLASSIFIED),
                                classes,
                                picklist)),
                handle(field, type),
                field.text("description").orElse(""));
    }

    /// A handle stands for one value that a sink takes: a text.
    private boolean handle(YamlNode.Mapping field, Optional<ValueType> type) {
        boolean asked = field.truth("handle").orElse(false);
        if (asked && type.filter(kind -> kind != ValueType.TEXT).isPresent()) {
            log.add(field.at("handle"), "only fields of type `text` have handles");
        }
        return asked;
    }

    /// Forecasts and pay hang on it: who answers for it is said of the field itself and is nobody else, and who
    /// writes it is said too.
    private Optional<RevenueField> revenue(YamlNode.Mapping field, YamlNode.Entry entry) {
        Optional<RevenueField> revenue = field.text("revenue").flatMap(RevenueField::of);
        if (revenue.isEmpty()) {
            return revenue;
        }
        String name = Problem.quote(entry.key());
        if (field.get("owner").isEmpty()) {
            log.add(entry.keyAt(), name + " is revenue-critical and names no owner of its own: name one");
        }
        field.text("owner").filter(said -> SEVERAL.matcher(said).find()).ifPresent(said -> {
            log.add(field.at("owner"), name + " is revenue-critical and has more than one owner: name one");
        });
        if (field.get("write").isEmpty()) {
            log.add(
                    entry.keyAt(),
                    name + " is revenue-critical and does not say who writes it: name its `write` class");
        }
        return revenue;
    }

    private Optional<DataClasses.Entry> dataClass(YamlNode.Mapping field) {
        Optional<String> name = field.text("class");
        Optional<DataClasses.Entry> found = name.flatMap(wanted -> classes.entries().stream()
                .filter(entry -> entry.name().name().equals(wanted))
                .findFirst());
        if (name.isPresent() && found.isEmpty()) {
            log.add(
                    field.at("class"),
                    "there is no data class " + Problem.quote(name.get()),
                    name.get(),
                    classes.entries().stream().map(entry -> entry.name().name()).toList());
        }
        return found;
    }

    private int tier(YamlNode.Mapping field, Optional<DataClasses.Entry> dataClass) {
        int least = dataClass.map(DataClasses.Entry::tier).orElse(FieldType.TIER_STRICTEST);
        int tier = field.integer("tier").map(Long::intValue).orElse(least);
        if (tier < least && dataClass.isPresent()) {
            log.add(field.at("tier"), "the tier is below that of the class, which is " + least);
        }
        return tier;
    }
}

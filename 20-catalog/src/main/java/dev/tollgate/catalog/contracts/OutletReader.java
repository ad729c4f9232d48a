// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.Effect;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.terms.SystemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads where a tool sends. What it names must be among what the tool takes; a tool that sends nothing
/// names nothing.
record OutletReader(ToolType.Kind kind, ObjectType object, List<String> accepts, DataClasses classes, ProblemLog log) {
    Optional<Outlet> read(YamlNode.Mapping tool, YamlNode.Entry entry) {
        boolean sends = kind == ToolType.Kind.SEND;
        if (sends != tool.get("sends").isPresent()) {
            log.add(
                    entry.keyAt(),
                    sends ? "a tool of kind `send` says where it `sends`" : "only a tool of kind `send` `sends`");
        }
        if (!sends) {
            return Optional.empty();
        }
        YamlNode.Mapping outlet = tool.mapping("sends");
        Optional<Outlet.Replies> replies = replies(outlet);
        List<String> recipients =
                replies.map(one -> List.of(one.address())).orElseGet(() -> taken(outlet, "recipients"));
        for (String name : recipients) {
            boolean addresses = object.field(name)
                    .filter(field -> field.type() == ValueType.TEXT || field.type() == ValueType.LIST)
                    .isPresent();
            if (!addresses) {
                log.add(outlet.at("recipients"), "a recipient is a field of type `text` or `list`");
            }
        }
        YamlNode.Mapping file = outlet.mapping("on_file");
        if (recipients.isEmpty() && outlet.get("on_file").isPresent()) {
            log.add(outlet.at("on_file"), "a tool without `recipients` looks nobody up");
        }
        Optional<Outlet.OnFile> onFile = file.text("system")
                .flatMap(system -> file.text("object")
                        .flatMap(kind -> file.text("address")
                                .map(address -> new Outlet.OnFile(new SystemId(system), kind, address))));
        return Optional.of(new Outlet(
                outlet.text("destination").orElse(""),
                recipients,
                onFile,
                new SharingReader(object, accepts, classes, log).read(outlet),
                replies,
                attach(outlet),
                taken(outlet, "lines"),
                confidence(outlet),
                outlet.text("effect").flatMap(Effect::of).orElse(Effect.SEND)));
    }

    private Optional<Outlet.Attach> attach(YamlNode.Mapping outlet) {
        if (outlet.get("attaches").isEmpty()) {
            return Optional.empty();
        }
        YamlNode.Mapping attaches = outlet.mapping("attaches");
        String id = attaches.text("id").orElse("");
        String content = attaches.text("content").orElse("");
        boolean sound = accepts.contains(id)
                && !accepts.contains(content)
                && text(id)
                && text(content)
                && !content.equals(object.idField());
        if (!sound) {
            log.add(
                    outlet.at("attaches"),
                    "a document is named by an accepted `text` and enclosed as a `text` that no call gives");
        }
        return Optional.of(new Outlet.Attach(id, content));
    }

    private Optional<Outlet.Replies> replies(YamlNode.Mapping outlet) {
        if (outlet.get("replies").isEmpty()) {
            return Optional.empty();
        }
        YamlNode.Mapping replies = outlet.mapping("replies");
        String record = replies.text("record").orElse("");
        String person = replies.text("person").orElse("");
        String address = replies.text("address").orElse("");
        boolean filled = filled(person, ValueType.REFERENCE) && filled(address, ValueType.TEXT);
        if (!accepts.contains(record) || !filled || person.equals(address)) {
            log.add(
                    outlet.at("replies"),
                    "an answer accepts the record that it is for, and leaves a `reference` and a `text` open");
        }
        boolean others = Stream.of("recipients", "shares", "attaches")
                .anyMatch(key -> outlet.get(key).isPresent());
        if (others || outlet.get("on_file").isEmpty()) {
            log.add(outlet.at("replies"), "an answer goes to one person `on_file` and nowhere else");
        }
        return Optional.of(new Outlet.Replies(
                replies.text("object").orElse(""), record, replies.text("asker").orElse(""), person, address));
    }

    private boolean filled(String name, ValueType type) {
        return !accepts.contains(name)
                && !name.equals(object.idField())
                && object.field(name).filter(field -> field.type() == type).isPresent();
    }

    private boolean text(String name) {
        return object.field(name)
                .filter(field -> field.type() == ValueType.TEXT)
                .isPresent();
    }

    private Optional<String> confidence(YamlNode.Mapping outlet) {
        Optional<String> name = outlet.text("confidence");
        boolean number = name.map(field -> accepts.contains(field)
                        && object.field(field)
                                .filter(found -> found.type() == ValueType.DECIMAL)
                                .isPresent())
                .orElse(true);
        if (!number) {
            log.add(
                    outlet.at("confidence"),
                    "how sure an agent is, is a field of type `decimal` that the tool accepts");
        }
        return name;
    }

    private List<String> taken(YamlNode.Mapping outlet, String key) {
        List<String> names = new ArrayList<>();
        for (YamlNode.Scalar item : outlet.texts(key)) {
            if (!accepts.contains(item.text())) {
                log.add(item.at(), Problem.quote(item.text()) + " is not accepted by the tool", item.text(), accepts);
            }
            names.add(item.text());
        }
        return names;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.Reversibility;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.Verification;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads one tool of a contract and checks that it names what is there and asks for no more than its kind
/// allows.
final class ToolReader {
    private final SystemId system;
    private final YamlNode.Mapping objects;
    private final List<ObjectType> kinds;
    private final String family;
    private final Contract.Limits limits;
    private final DataClasses classes;
    private final ProblemLog log;

    ToolReader(
            SystemId system,
            YamlNode.Mapping objects,
            List<ObjectType> kinds,
            String family,
            Contract.Limits limits,
            DataClasses classes,
            ProblemLog log) {
        this.system = system;
        this.objects = objects;
        this.kinds = kinds;
        this.family = family;
        this.limits = limits;
        this.classes = classes;
        this.log = log;
    }

    Optional<ToolType> read(YamlNode.Entry entry) {
        YamlNode.Mapping tool = Parts.body(entry);
        Optional<ToolType.Kind> kind = tool.text("kind").flatMap(ToolType.Kind::of);
        Optional<ObjectType> object = object(tool);
        if (kind.isEmpty() || object.isEmpty() || Parts.cut(entry.key()).isBlank()) {
            return Optional.empty();
        }
        Parts.visible(tool, "title", log);
        Parts.visible(tool, "description", log);
        List<String> fields = fields(tool, "fields", object.get());
        List<String> accepts = fields(tool, "accepts", object.get());
        List<String> required = fields(tool, "required", object.get());
        shape(tool, entry, kind.get());
        accepted(tool, object.get());
        Optional<Verification> verification = new VerificationReader(kind.get(), object.get(), log).read(tool, entry);
        Optional<Outlet> outlet = new OutletReader(kind.get(), object.get(), accepts, classes, log).read(tool, entry);
        return Optional.of(new ToolType(
                new ToolName(Parts.cut(entry.key())),
                system,
                object.get().name(),
                kind.get(),
                verb(tool, kind.get()),
                scopes(tool),
                tool.text("title").orElse(""),
                tool.text("description").orElse(""),
                fields,
                accepts,
                required,
                reversibility(tool, entry, kind.get()),
                rows(tool),
                outlet,
                verification,
                matches(tool, kind.get(), object.get())));
    }

    private Optional<ObjectType> object(YamlNode.Mapping tool) {
        Optional<String> name = tool.text("object");
        if (name.isPresent() && objects.get(name.get()).isEmpty()) {
            log.add(
                    tool.at("object"),
                    "there is no object " + Problem.quote(name.get()),
                    name.get(),
                    Parts.keys(objects));
        }
        return name.flatMap(wanted ->
                kinds.stream().filter(kind -> kind.name().equals(wanted)).findFirst());
    }

    private List<String> matches(YamlNode.Mapping tool, ToolType.Kind kind, ObjectType object) {
        List<String> names = fields(tool, "matches", object);
        if (kind != ToolType.Kind.SEARCH && tool.get("matches").isPresent()) {
            log.add(tool.at("matches"), "only a tool of kind `search` finds words");
        }
        boolean texts = names.stream()
                .flatMap(name -> object.field(name).stream())
                .allMatch(field -> field.type() == ValueType.TEXT);
        if (!texts) {
            log.add(tool.at("matches"), "words are found in fields of type `text`");
        }
        return names;
    }

    private List<String> fields(YamlNode.Mapping tool, String key, ObjectType object) {
        List<String> names = new ArrayList<>();
        for (YamlNode.Scalar item : tool.texts(key)) {
            if (object.field(item.text()).isEmpty()) {
                log.add(
                        item.at(),
                        "the object `" + object.name() + "` has no field " + Problem.quote(item.text()),
                        item.text(),
                        object.fields().stream().map(FieldType::name).toList());
            }
            names.add(item.text());
        }
        return names;
    }

    private void shape(YamlNode.Mapping tool, YamlNode.Entry entry, ToolType.Kind kind) {
        boolean returns = switch (kind) {
            case GET, SEARCH, CREATE, UPDATE, SEND -> true;
            case COUNT, VERIFY, DELETE, MERGE -> false;
        };
        if (returns && tool.get("fields").isEmpty()) {
            log.add(entry.keyAt(), "a tool of kind `" + kind.word() + "` says which `fields` it returns by default");
        }
        if (!returns && tool.get("fields").isPresent()) {
            log.add(tool.at("fields"), "a tool of kind `" + kind.word() + "` returns no fields");
        }
        boolean takes = kind.takesValues();
        if (takes && tool.get("accepts").isEmpty()) {
            log.add(entry.keyAt(), "a tool of kind `" + kind.word() + "` says which fields it `accepts`");
        }
        Stream.of("accepts", "required")
                .filter(key -> !takes && tool.get(key).isPresent())
                .forEach(key -> log.add(tool.at(key), "only a tool of kind `create`, `update` or `send` takes fields"));
        if (kind != ToolType.Kind.SEARCH && tool.get("rows").isPresent()) {
            log.add(tool.at("rows"), "only a tool of kind `search` returns rows");
        }
    }

    /// Requirements S4-12, S4-13, S4-16: what nobody but people or the system writes is out of every
    /// tool's reach. A commitment of people may be offered: policy then asks for a person's approval.
    private void accepted(YamlNode.Mapping tool, ObjectType object) {
        List<String> accepts = new ArrayList<>();
        for (YamlNode.Scalar item : tool.texts("accepts")) {
            accepts.add(item.text());
            object.field(item.text())
                    .filter(field -> !field.writeClass().takable())
                    .ifPresent(field -> log.add(
                            item.at(),
                            Problem.quote(field.name()) + " is of write class `"
                                    + field.writeClass().word() + "`, which no agent writes"));
        }
        for (YamlNode.Scalar item : tool.texts("required")) {
            if (!accepts.contains(item.text()) && object.field(item.text()).isPresent()) {
                log.add(item.at(), Problem.quote(item.text()) + " is required but not accepted");
            }
        }
    }

    private Verb verb(YamlNode.Mapping tool, ToolType.Kind kind) {
        Set<Verb> fitting = switch (kind) {
            case GET -> EnumSet.of(Verb.READ, Verb.SUMMARIZE, Verb.EXPORT);
            case SEARCH -> EnumSet.of(Verb.SEARCH, Verb.READ, Verb.SUMMARIZE, Verb.EXPORT);
            case COUNT -> EnumSet.of(Verb.SEARCH, Verb.READ);
            case VERIFY -> EnumSet.of(Verb.VERIFY);
            case CREATE -> EnumSet.of(Verb.CREATE);
            case UPDATE -> EnumSet.of(Verb.WRITE, Verb.RECONCILE);
            case DELETE -> EnumSet.of(Verb.DELETE);
            case MERGE -> EnumSet.of(Verb.RECONCILE, Verb.DELETE);
            case SEND -> EnumSet.of(Verb.SEND);
        };
        Verb usual = switch (kind) {
            case GET -> Verb.READ;
            case SEARCH, COUNT -> Verb.SEARCH;
            case VERIFY -> Verb.VERIFY;
            case CREATE -> Verb.CREATE;
            case UPDATE -> Verb.WRITE;
            case DELETE -> Verb.DELETE;
            case MERGE -> Verb.RECONCILE;
            case SEND -> Verb.SEND;
        };
        Optional<Verb> said = tool.text("verb").flatMap(Verb::of);
        if (said.isPresent() && !fitting.contains(said.get())) {
            log.add(
                    tool.at("verb"),
                    "a tool of kind `" + kind.word() + "` cannot `" + said.get().word() + "`");
        }
        return said.orElse(usual);
    }

    private List<Scope> scopes(YamlNode.Mapping tool) {
        List<Scope> scopes = new ArrayList<>();
        for (YamlNode.Scalar item : tool.texts("scopes")) {
            Optional<Scope> scope = Scope.parse(item.text());
            if (scope.isEmpty()) {
                log.add(item.at(), Problem.quote(item.text()) + " is not a scope `system:object:verb`");
                continue;
            }
            scope(item, scope.get());
            scopes.add(scope.get());
        }
        return scopes;
    }

    private void scope(YamlNode.Scalar item, Scope scope) {
        boolean loose = scope.object().equals("*") || scope.verb().equals("*") || scope.ownedOnly();
        if (loose) {
            log.add(item.at(), "a required scope names one object and one verb, and no qualifier");
            return;
        }
        if (!scope.system().equals(family)) {
            log.add(item.at(), "the scopes of this contract begin with " + Problem.quote(family));
        }
        if (Verb.of(scope.verb()).isEmpty()) {
            log.add(
                    item.at(),
                    "there is no verb " + Problem.quote(scope.verb()),
                    scope.verb(),
                    Stream.of(Verb.values()).map(Verb::word).toList());
        }
        if (objects.get(scope.object()).isEmpty()) {
            log.add(
                    item.at(),
                    "there is no object " + Problem.quote(scope.object()),
                    scope.object(),
                    Parts.keys(objects));
        }
    }

    private Reversibility reversibility(YamlNode.Mapping tool, YamlNode.Entry entry, ToolType.Kind kind) {
        Optional<Reversibility> said = tool.text("reversibility").flatMap(Reversibility::of);
        boolean changes = kind.takesValues() || kind.changesRecord();
        if (changes && tool.get("reversibility").isEmpty()) {
            log.add(entry.keyAt(), "a tool that changes records says its `reversibility`");
        }
        if (said.isPresent() && changes == (said.get() == Reversibility.READ_ONLY)) {
            String must = changes ? "cannot be `read-only`" : "is `read-only`";
            log.add(tool.at("reversibility"), "a tool of kind `" + kind.word() + "` " + must);
        }
        if (kind == ToolType.Kind.SEND && said.isPresent() && said.get() != Reversibility.IRREVERSIBLE) {
            log.add(tool.at("reversibility"), "what was sent is `irreversible`");
        }
        return said.orElse(changes ? Reversibility.IRREVERSIBLE : Reversibility.READ_ONLY);
    }

    private int rows(YamlNode.Mapping tool) {
        int rows = tool.integer("rows").map(Long::intValue).orElse(limits.rowsMax());
        if (rows > limits.rowsMax()) {
            log.add(tool.at("rows"), "the contract allows at most " + limits.rowsMax() + " rows");
        }
        return rows;
    }
}

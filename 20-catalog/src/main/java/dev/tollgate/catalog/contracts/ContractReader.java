// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.catalog.yaml.YamlNode;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.SystemId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one contract and checks that it makes sense.
final class ContractReader {
    private static final Pattern SYSTEM = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern TIMEOUT = Pattern.compile("([1-9][0-9]{0,5})(ms|s)");
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(2);

    private final DataClasses classes;
    private final ProblemLog log;

    ContractReader(DataClasses classes, ProblemLog log) {
        this.classes = classes;
        this.log = log;
    }

    /// The contract, unless what it is for cannot be read; sound only when nothing was noted.
    Optional<Contract> read(YamlNode.Mapping root, byte[] bytes) {
        Contract.Limits limits = limits(root.mapping("limits"));
        Optional<String> named =
                root.text("system").filter(name -> SYSTEM.matcher(name).matches());
        String system = named.orElse("unknown");
        String family = root.text("scopes").orElse("");
        YamlNode.Mapping objects = root.mapping("objects");
        List<ObjectType> kinds = new ArrayList<>();
        for (YamlNode.Entry entry : objects.entries()) {
            kinds.add(new ObjectReader(classes, system, objects, log).read(entry));
        }
        List<ToolType> tools = new ArrayList<>();
        for (YamlNode.Entry entry : root.mapping("tools").entries()) {
            new ToolReader(new SystemId(system), objects, kinds, family, limits, classes, log)
                    .read(entry)
                    .ifPresent(tools::add);
        }
        Optional<Contract.Customers> customers = customers(root.mapping("customers"), kinds);
        return named.map(SystemId::new)
                .map(id -> new Contract(
                        id,
                        root.text("connector").orElse(""),
                        family,
                        kinds,
                        tools,
                        limits,
                        Digest.of(bytes),
                        customers,
                        root.text("region"),
                        cases(root.mapping("cases"), kinds)));
    }

    /// Requirement S2-5: what a case is about is told by its own facts, not by whoever works on it.
    private Optional<String> cases(YamlNode.Mapping cases, List<ObjectType> kinds) {
        Optional<String> named = cases.text("object");
        Optional<ObjectType> object = named.flatMap(
                name -> kinds.stream().filter(kind -> kind.name().equals(name)).findFirst());
        if (named.isPresent() && object.isEmpty()) {
            List<String> known = kinds.stream().map(ObjectType::name).toList();
            log.add(cases.at("object"), "there is no object `" + named.get() + "`", named.get(), known);
        }
        boolean about = object.map(kind ->
                        Fact.OF_CASES.stream().anyMatch(fact -> kind.facts().containsKey(fact)))
                .orElse(true);
        if (!about) {
            log.add(
                    cases.at("object"),
                    "a case says in its `facts` which product, geography or policy_set it is about");
        }
        return object.map(ObjectType::name);
    }

    private Optional<Contract.Customers> customers(YamlNode.Mapping customers, List<ObjectType> kinds) {
        Optional<String> named = customers.text("object");
        Optional<ObjectType> object = kinds.stream()
                .filter(kind -> named.filter(kind.name()::equals).isPresent())
                .findFirst();
        if (named.isPresent() && object.isEmpty()) {
            List<String> known = kinds.stream().map(ObjectType::name).toList();
            log.add(customers.at("object"), "there is no object `" + named.get() + "`", named.get(), known);
        }
        Optional<String> wanted = customers.text("tier");
        Optional<FieldType> tier = object.flatMap(kind -> wanted.flatMap(kind::field));
        if (object.isPresent() && wanted.isPresent() && tier.isEmpty()) {
            List<String> known =
                    object.get().fields().stream().map(FieldType::name).toList();
            log.add(customers.at("tier"), "there is no field `" + wanted.get() + "`", wanted.get(), known);
        }
        if (tier.filter(field -> field.type() != ValueType.TEXT).isPresent()) {
            log.add(customers.at("tier"), "the tier must be a field of type `text`");
        }
        return object.flatMap(kind -> tier.map(field -> new Contract.Customers(kind.name(), field.name())));
    }

    private Contract.Limits limits(YamlNode.Mapping limits) {
        Contract.Limits usual = Contract.Limits.DEFAULT;
        Duration timeout = limits.text("timeout").flatMap(ContractReader::time).orElse(usual.timeout());
        if (timeout.compareTo(TIMEOUT_MAX) > 0) {
            log.add(limits.at("timeout"), "a call may take at most " + TIMEOUT_MAX.toSeconds() + " s");
        }
        return new Contract.Limits(
                limits.integer("rows").map(Long::intValue).orElse(usual.rowsMax()),
                limits.integer("bytes").orElse(usual.bytesMax()),
                timeout,
                limits.integer("calls_per_minute").map(Long::intValue).orElse(usual.callsPerMinuteMax()));
    }

    private static Optional<Duration> time(String text) {
        Matcher match = TIMEOUT.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(1));
        return Optional.of(match.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number));
    }
}

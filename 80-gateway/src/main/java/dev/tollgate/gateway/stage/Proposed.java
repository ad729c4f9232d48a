// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.governance.change.Change;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Prior;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A call as people approve it and the journal keeps it. What the record holds as free text may be anybody's; what it
/// will hold is what the agent typed.
final class Proposed {
    /// A merge has two records, and so two versions.
    private static final String AND = "+";

    private Proposed() {}

    /// @param decision tells in which view a message leaves
    static Change of(Examined examined, Decision decision) {
        Authenticated by = examined.who();
        Principal who = by.principal();
        Operation asked = leaving(examined, decision);
        List<Prior> priors = examined.situation().priors();
        SortedMap<String, Value> before = before(asked, priors);
        return new Change(
                asked.target(),
                asked.recordId(),
                before,
                after(asked),
                version(priors),
                who.agent(),
                who.user(),
                who.tenant(),
                by.policy().bundle().version(),
                by.policy().bundle().workflow(who.delegation()).map(workflow -> workflow.id()),
                examined.validated().tool().reversibility().word(),
                written(examined.validated().object(), before));
    }

    /// What leaves is what people approve and the journal keeps.
    static Operation leaving(Examined examined, Decision decision) {
        return examined.asked() instanceof Write.Send send
                ? examined.situation().outgoing().leaving(send, decision)
                : examined.asked();
    }

    /// Fields that hold free text: neither a word of a list nor the system's own.
    private static SortedSet<String> written(ObjectType object, SortedMap<String, Value> before) {
        SortedSet<String> written = new TreeSet<>();
        before.forEach((name, value) -> object.field(name)
                .filter(field -> value instanceof Value.Text
                        && field.type() == ValueType.TEXT
                        && field.picklist().isEmpty()
                        && field.writeClass() != WriteClass.SYSTEM)
                .ifPresent(_ -> written.add(name)));
        return written;
    }

    private static SortedMap<String, Value> before(Operation asked, List<Prior> priors) {
        return switch (asked) {
            case Write.Update _, Write.Delete _ ->
                priors.isEmpty()
                        ? new TreeMap<>()
                        : new TreeMap<>(priors.getFirst().before());
            // What ends is the duplicate.
            case Write.Merge _ ->
                priors.isEmpty()
                        ? new TreeMap<>()
                        : new TreeMap<>(priors.getLast().before());
            case Write.Create _, Write.Send _, Operation.Get _, Operation.Search _, Operation.Count _ ->
                new TreeMap<>();
        };
    }

    private static SortedMap<String, Value> after(Operation asked) {
        return switch (asked) {
            case Write.Create create -> new TreeMap<>(create.values());
            case Write.Update update -> new TreeMap<>(update.values());
            case Write.Send send -> new TreeMap<>(send.values());
            case Write.Delete _ -> new TreeMap<>();
            case Write.Merge merge ->
                new TreeMap<>(Map.of("duplicate", Value.of(merge.duplicate().value())));
            // A reading that needs people, such as an export, is approved as the whole question.
            case Operation.Get _, Operation.Search _, Operation.Count _ ->
                new TreeMap<>(Map.of("question", asked.canonical()));
        };
    }

    private static Optional<String> version(List<Prior> priors) {
        List<String> versions =
                priors.stream().flatMap(prior -> prior.version().stream()).toList();
        return versions.isEmpty() ? Optional.empty() : Optional.of(String.join(AND, versions));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.WorkflowId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads `workflows/*.yaml`.
final class WorkflowReader {
    /// Ten years: a workflow that needs more wants `window: none` in the contract.
    private static final int LOOKBACK_DAYS_MAX = 3_650;

    private final Catalog catalog;
    private final Set<String> classes;
    private final Set<String> tools;
    private final Set<String> objects;
    private final Set<String> destinations;

    WorkflowReader(Catalog catalog, Collection<String> destinations) {
        this.catalog = catalog;
        this.classes = catalog.classes().entries().stream()
                .map(DataClasses.Entry::name)
                .map(DataClass::name)
                .collect(Collectors.toCollection(TreeSet::new));
        this.tools = catalog.tools().stream()
                .map(tool -> tool.name().value())
                .collect(Collectors.toCollection(TreeSet::new));
        this.objects = catalog.contracts().stream()
                .map(Contract::objects)
                .flatMap(List::stream)
                .map(ObjectType::name)
                .collect(Collectors.toCollection(TreeSet::new));
        this.destinations = new TreeSet<>(destinations);
        this.destinations.add(Operation.Target.AGENT);
    }

    void read(ProblemLog problems, String file, byte[] bytes, Map<WorkflowId, Workflow> into) {
        Section.of(problems, file, bytes).ifPresent(root -> {
            for (Section section : root.sections("workflows")) {
                workflow(section).ifPresent(workflow -> {
                    if (into.putIfAbsent(workflow.id(), workflow) != null) {
                        section.problem("id", "two workflows have this id");
                    }
                });
            }
            root.done();
        });
    }

    private Optional<Workflow> workflow(Section section) {
        Optional<String> id = section.needed("id");
        Optional<String> intent = section.needed("intent");
        Optional<String> purpose = section.needed("purpose");
        Set<DataClass> permitted = new LinkedHashSet<>();
        section.words("classes", classes).forEach(name -> permitted.add(new DataClass(name)));
        Set<ToolName> included = new LinkedHashSet<>();
        section.words("tools", tools).forEach(name -> included.add(new ToolName(name)));
        // A list that is there and empty would read as "every tool".
        if (section.has("tools") && included.isEmpty()) {
            section.problem("tools", "name the tools, or leave the key out for every tool");
        }
        Set<String> ends = Set.copyOf(section.words("destinations", destinations));
        if (ends.isEmpty()) {
            section.problem("name at least one of `destinations`, usually `agent`");
        }
        Optional<Duration> lookback =
                section.whole("lookback_days", 1, LOOKBACK_DAYS_MAX).map(Duration::ofDays);
        boolean bound = section.truth("customer_bound");
        Set<String> unbound = Set.copyOf(section.words("unbound_objects", objects));
        boolean aboutCase = section.truth("case_bound");
        section.has("steps");
        section.done();
        return id.flatMap(name -> intent.flatMap(why -> purpose.map(what -> stepped(
                section,
                new Workflow(
                        new WorkflowId(name),
                        why,
                        what,
                        permitted,
                        included,
                        ends,
                        lookback,
                        bound,
                        unbound,
                        aboutCase,
                        Map.of(),
                        Optional.empty())))));
    }

    private Workflow stepped(Section section, Workflow whole) {
        return whole.with(new StepReader(catalog, whole).read(section));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.Verification;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads the `steps` of a workflow. A step only narrows its workflow, and does nothing that its kind does not do.
final class StepReader {
    /// Steps of one workflow: more are workflows of their own.
    private static final int STEPS_MAX = 12;

    /// The longest delegation there is, and what a step lasts that does not say.
    private static final int LIFE_SECONDS_MAX = 900;

    private static final int LIFE_SECONDS = 300;

    /// A day: who was verified yesterday is verified again.
    private static final int HOLDS_MINUTES_MAX = 1_440;

    private static final int HOLDS_MINUTES = 30;
    private static final List<String> KINDS = Arrays.stream(WorkflowStep.Kind.values())
            .map(WorkflowStep.Kind::word)
            .toList();
    private static final List<String> VERBS =
            Arrays.stream(Verb.values()).map(Verb::word).toList();

    private final Catalog catalog;
    private final Workflow whole;

    /// @param whole the workflow without its steps
    StepReader(Catalog catalog, Workflow whole) {
        this.catalog = catalog;
        this.whole = whole;
    }

    /// A step as it stands, before it is known what the others need of it.
    private record Draft(Section at, Workflow narrowed, WorkflowStep step) {}

    /// The workflow as it is in each of its steps, by the step's name.
    Map<String, Workflow> read(Section workflow) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        List<Section> sections = workflow.sections("steps");
        if (workflow.has("steps") && (sections.isEmpty() || sections.size() > STEPS_MAX)) {
            workflow.problem("steps", "a workflow with steps has 1 to " + STEPS_MAX + " of them");
        }
        for (Section section : sections) {
            draft(section).ifPresent(draft -> {
                if (drafts.putIfAbsent(draft.step().id(), draft) != null) {
                    section.problem("id", "two steps of this workflow have this id");
                }
            });
        }
        Map<String, Workflow> steps = new LinkedHashMap<>();
        drafts.forEach((name, draft) -> steps.put(name, joined(name, draft, drafts)));
        return steps;
    }

    private Optional<Draft> draft(Section section) {
        Optional<String> id = section.needed("id");
        section.require("kind");
        Optional<WorkflowStep.Kind> kind = section.word("kind", KINDS).flatMap(WorkflowStep.Kind::of);
        Map<String, ToolType> tools = tools(section);
        Set<Verb> verbs = verbs(section, tools);
        kind.ifPresent(one -> fits(section, one, tools, verbs));
        Set<DataClass> classes = section.words("classes", classes()).stream()
                .map(DataClass::new)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        section.require("classes");
        Set<String> ends = new LinkedHashSet<>(section.words("destinations", whole.destinations()));
        Map<ToolName, Set<String>> fields = fields(section, tools);
        Set<String> needs = new LinkedHashSet<>(section.texts("needs"));
        Set<ToolName> completedBy = section.words("completed_by", tools.keySet()).stream()
                .map(ToolName::new)
                .collect(Collectors.toSet());
        Duration life = Duration.ofSeconds(
                section.whole("ttl_seconds", 1, LIFE_SECONDS_MAX).orElse(LIFE_SECONDS));
        Duration holds = Duration.ofMinutes(
                section.whole("holds_minutes", 1, HOLDS_MINUTES_MAX).orElse(HOLDS_MINUTES));
        section.done();
        Set<ToolName> named = tools.keySet().stream().map(ToolName::new).collect(Collectors.toSet());
        return id.flatMap(name -> kind.map(what -> {
            WorkflowStep step = new WorkflowStep(
                    name,
                    what,
                    verbs,
                    fields,
                    needs,
                    Optional.empty(),
                    completedBy.isEmpty() ? named : completedBy,
                    Map.of(),
                    life,
                    holds);
            return new Draft(section, narrowed(classes, named, ends, step), step);
        }));
    }

    private Workflow narrowed(Set<DataClass> classes, Set<ToolName> tools, Set<String> ends, WorkflowStep step) {
        return new Workflow(
                whole.id(),
                whole.intent(),
                whole.purpose(),
                classes,
                tools,
                ends.isEmpty() ? whole.destinations() : ends,
                whole.lookback(),
                whole.customerBound(),
                whole.unboundObjects(),
                whole.caseBound(),
                Map.of(),
                Optional.of(step));
    }

    private Map<String, ToolType> tools(Section section) {
        Set<String> known = catalog.tools().stream()
                .map(tool -> tool.name().value())
                .filter(name -> whole.includes(new ToolName(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, ToolType> tools = new TreeMap<>();
        section.words("tools", known)
                .forEach(name -> catalog.tool(new ToolName(name)).ifPresent(tool -> tools.put(name, tool)));
        // No list would read as "every tool of the workflow", and a step is there to have fewer.
        if (tools.isEmpty()) {
            section.problem("tools", "a step names its `tools`");
        }
        return tools;
    }

    private static Set<Verb> verbs(Section section, Map<String, ToolType> tools) {
        EnumSet<Verb> used = EnumSet.noneOf(Verb.class);
        tools.values().forEach(tool -> used.add(tool.verb()));
        if (!section.has("verbs")) {
            return used;
        }
        EnumSet<Verb> verbs = EnumSet.noneOf(Verb.class);
        section.words("verbs", VERBS).forEach(word -> Verb.of(word).ifPresent(verbs::add));
        tools.forEach((name, tool) -> {
            if (!verbs.contains(tool.verb())) {
                section.problem(
                        "verbs",
                        "the tool `" + name + "` does `" + tool.verb().word() + "`, which the step does not name");
            }
        });
        return verbs;
    }

    private static void fits(Section section, WorkflowStep.Kind kind, Map<String, ToolType> tools, Set<Verb> verbs) {
        tools.forEach((name, tool) -> {
            if (!kind.may(tool.verb())) {
                section.problem(
                        "tools",
                        "a step of kind `" + kind.word() + "` has no tool that does `"
                                + tool.verb().word() + "`, and `" + name + "` does");
            }
        });
        verbs.stream()
                .filter(verb -> !kind.may(verb) && tools.values().stream().noneMatch(tool -> tool.verb() == verb))
                .forEach(verb -> section.problem(
                        "verbs", "a step of kind `" + kind.word() + "` does not `" + verb.word() + "`"));
    }

    /// Requirement S2-5: an action is permitted for the fields that it names, not for those that a tool could take.
    private static Map<ToolName, Set<String>> fields(Section section, Map<String, ToolType> tools) {
        Map<ToolName, Set<String>> fields = new LinkedHashMap<>();
        Optional<Section> named = section.section("fields");
        named.ifPresent(below -> below.keys().forEach(name -> {
            ToolType tool = tools.get(name);
            if (tool == null || !tool.kind().takesValues()) {
                below.problem(name, "no tool of this step with this name takes fields");
            } else {
                fields.put(new ToolName(name), Set.copyOf(below.words(name, tool.accepts())));
            }
        }));
        named.ifPresent(Section::done);
        tools.forEach((name, tool) -> {
            boolean sets = tool.kind() == ToolType.Kind.UPDATE || tool.kind() == ToolType.Kind.CREATE;
            if (sets && !fields.containsKey(new ToolName(name))) {
                section.problem("say in `fields` which fields `" + name + "` may set in this step");
            }
        });
        return fields;
    }

    /// What the other steps say of this one: who fulfils what it needs, and whether they need it.
    private Workflow joined(String name, Draft draft, Map<String, Draft> all) {
        Map<String, String> hints = new TreeMap<>();
        for (String need : draft.step().needs()) {
            Optional<String> by = fulfils(need, name, all);
            if (by.isEmpty()) {
                draft.at().problem("needs", "no other step of this workflow fulfils `" + need + "`");
            }
            by.ifPresent(step -> hints.put(need, step));
        }
        if (all.values().stream().anyMatch(other -> grants(other).contains(name))) {
            draft.at().problem("id", "a tool of this workflow finds out something of this name");
        }
        if (circular(name, all, new LinkedHashSet<>(Set.of(name)))) {
            draft.at().problem("needs", "the step would have to be completed before it can begin");
        }
        boolean needed =
                all.values().stream().anyMatch(other -> other.step().needs().contains(name));
        WorkflowStep step = draft.step();
        Workflow there = draft.narrowed();
        WorkflowStep known = new WorkflowStep(
                step.id(),
                step.kind(),
                step.verbs(),
                step.fields(),
                step.needs(),
                needed ? Optional.of(name) : Optional.empty(),
                step.completedBy(),
                hints,
                step.life(),
                step.holds());
        return narrowed(there.classes(), there.tools(), there.destinations(), known);
    }

    private Optional<String> fulfils(String need, String asking, Map<String, Draft> all) {
        if (all.containsKey(need) && !need.equals(asking)) {
            return Optional.of(need);
        }
        return all.entrySet().stream()
                .filter(other -> !other.getKey().equals(asking))
                .filter(other -> grants(other.getValue()).contains(need))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Set<String> grants(Draft draft) {
        return draft.narrowed().tools().stream()
                .flatMap(tool -> catalog.tool(tool).stream())
                .flatMap(tool -> tool.verification().stream())
                .map(Verification::grants)
                .collect(Collectors.toSet());
    }

    /// @param path the steps that wait for this one, and it: as many as there are at most
    private boolean circular(String name, Map<String, Draft> all, Set<String> path) {
        for (String need : Objects.requireNonNull(all.get(name)).step().needs()) {
            Optional<String> by = fulfils(need, name, all);
            if (by.isEmpty()) {
                continue;
            }
            if (!path.add(by.get()) || circular(by.get(), all, path)) {
                return true;
            }
            path.remove(by.get());
        }
        return false;
    }

    /// Classes of the workflow, and those below them.
    private Set<String> classes() {
        return catalog.classes().entries().stream()
                .map(DataClasses.Entry::name)
                .filter(name -> whole.classes().contains(name)
                        || catalog.classes().ancestors(name).stream().anyMatch(whole.classes()::contains))
                .map(DataClass::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.House;
import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.containment.BudgetLimits;
import dev.tollgate.containment.Endpoint;
import dev.tollgate.containment.RiskTerms;
import dev.tollgate.containment.Zone;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// Reads a bundle as a whole: every file, every reference between files, every policy against the
/// generated schema. Reports everything that is wrong at once; a bundle with one problem is not loaded.
public final class BundleLoader {
    private static final List<String> FOLDERS = List.of("policies/", "contracts/", "workflows/", "tests/");
    private static final List<String> FILES = List.of(
            "bundle.yaml",
            "classes.yaml",
            "zones.yaml",
            "egress.yaml",
            "principals.yaml",
            "limits.yaml",
            "budgets.yaml",
            "flow.yaml",
            "risk.yaml",
            "verification.yaml",
            "approvals.yaml",
            "messages.yaml");

    private final BundleFiles files;
    private final ProblemLog problems = new ProblemLog();
    private final List<PolicyTest> tests = new ArrayList<>();
    private final Map<String, List<String>> dataRegions = new LinkedHashMap<>();

    private BundleLoader(BundleFiles files) {
        this.files = files;
    }

    /// Loads and validates a bundle.
    public static Loading load(BundleFiles files) {
        BundleLoader loader = new BundleLoader(files);
        Optional<Bundle> bundle = loader.read(Optional.empty());
        if (bundle.isPresent() && loader.problems.isEmpty()) {
            return new Loading.Loaded(bundle.get(), loader.tests);
        }
        return new Loading.Invalid(loader.problems.problems().orElseThrow());
    }

    /// Builds a bundle again that was valid before, from the policies as they were compiled then: at a
    /// start nothing native is loaded and nothing is validated twice.
    ///
    /// @param est what `Rules.est` said
    /// @throws IllegalStateException when the files are not a valid bundle after all
    public static Bundle reload(BundleFiles files, String est) {
        BundleLoader loader = new BundleLoader(files);
        Optional<Bundle> bundle = loader.read(Optional.of(est));
        if (bundle.isEmpty() || !loader.problems.isEmpty()) {
            throw new IllegalStateException("a bundle that was in force no longer loads: " + files.version());
        }
        return bundle.get();
    }

    /// @param est compiled before, or nothing to parse and validate
    private Optional<Bundle> read(Optional<String> est) {
        layout();
        Optional<Catalog> catalog = CatalogReader.read(problems, files);
        if (catalog.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Zone> zones = new LinkedHashMap<>();
        Map<String, Destination> destinations = new LinkedHashMap<>();
        Set<String> domains = new TreeSet<>();
        one(
                "zones.yaml",
                (file, bytes) -> ZoneReader.read(problems, file, bytes, zones, destinations, domains, dataRegions));
        new OutletCheck(catalog.get(), problems).check(destinations.keySet());
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        one("egress.yaml", (file, bytes) -> EgressReader.read(problems, file, bytes, zones, endpoints));
        Map<WorkflowId, Workflow> workflows = new LinkedHashMap<>();
        WorkflowReader workflowReader = new WorkflowReader(catalog.get(), destinations.keySet());
        files.below("workflows/", ".yaml")
                .forEach((file, bytes) -> workflowReader.read(problems, file, bytes, workflows));
        Map<AgentId, AgentRecord> agents = new LinkedHashMap<>();
        Map<UserId, UserRecord> users = new LinkedHashMap<>();
        PrincipalReader principals = new PrincipalReader(catalog.get(), zones, workflows);
        one("principals.yaml", (file, bytes) -> principals.read(problems, file, bytes, agents, users));
        List<Limit> limits = limits();
        Map<String, BudgetLimits> budgets = budgets(catalog.get(), workflows);
        FlowReader flow = new FlowReader(catalog.get().classes());
        one("flow.yaml", (file, bytes) -> flow.read(problems, file, bytes));
        Map<String, ApprovalTerms> approvals = new LinkedHashMap<>();
        Set<String> roles = roles(users.values());
        one("approvals.yaml", (file, bytes) -> ApprovalReader.read(problems, file, bytes, roles, approvals));
        if (est.isEmpty()) {
            tests(catalog.get());
        }
        Optional<Rules> rules = est.map(compiled -> PolicyReader.compiled(compiled))
                .or(() -> PolicyReader.read(problems, files.below("policies/", ".cedar"), limits));
        return head(workflows)
                .flatMap(head -> rules.map(compiled -> new Bundle(
                        files.version(),
                        head.name(),
                        head.label(),
                        catalog.get(),
                        compiled,
                        World.of(catalog.get()),
                        workflows,
                        head.defaultWorkflow(),
                        agents,
                        users,
                        zones,
                        endpoints,
                        destinations,
                        domains,
                        messages(domains),
                        limits,
                        budgets,
                        approvals,
                        flow.decay(),
                        risk(agents.values()),
                        verification(zones),
                        new Residency(dataRegions, Optional.empty()))));
    }

    private Map<String, BudgetLimits> budgets(Catalog catalog, Map<WorkflowId, Workflow> workflows) {
        Map<String, BudgetLimits> budgets = new LinkedHashMap<>();
        BudgetReader reader = new BudgetReader(catalog.classes(), workflows.keySet());
        one("budgets.yaml", (file, bytes) -> reader.read(problems, file, bytes, budgets));
        return budgets;
    }

    private List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        one("limits.yaml", (file, bytes) -> limits.addAll(LimitReader.limits(problems, file, bytes)));
        return limits;
    }

    private void tests(Catalog catalog) {
        TestReader reader = new TestReader(catalog);
        files.below("tests/", ".yaml").forEach((file, bytes) -> tests.addAll(reader.read(problems, file, bytes)));
    }

    private RiskTerms risk(Collection<AgentRecord> agents) {
        byte[] bytes = files.content().get("risk.yaml");
        Set<String> types = new TreeSet<>();
        agents.forEach(agent -> types.add(agent.type()));
        return bytes == null ? RiskTerms.USUAL : RiskReader.read(problems, "risk.yaml", bytes, types);
    }

    private List<VerificationLine> verification(Map<String, Zone> zones) {
        byte[] bytes = files.content().get("verification.yaml");
        return bytes == null ? List.of() : VerificationReader.read(problems, "verification.yaml", bytes, zones);
    }

    private static Set<String> roles(Collection<UserRecord> users) {
        Set<String> roles = new TreeSet<>();
        users.forEach(user -> roles.addAll(user.roles()));
        return roles;
    }

    private MessageTerms messages(Set<String> domains) {
        byte[] bytes = files.content().getOrDefault("messages.yaml", new byte[0]);
        return bytes.length == 0
                ? new MessageTerms(
                        List.of(),
                        new House(List.copyOf(domains), List.of(), List.of(), List.of()),
                        MessageTerms.CONFIDENCE_USUAL)
                : MessageReader.read(problems, "messages.yaml", bytes, domains);
    }

    private record Head(String name, String label, Optional<WorkflowId> defaultWorkflow) {}

    private Optional<Head> head(Map<WorkflowId, Workflow> workflows) {
        String file = "bundle.yaml";
        byte[] bytes = files.content().get(file);
        if (bytes == null) {
            problems.add(Mark.start(file), "the file is missing");
            return Optional.empty();
        }
        return Section.of(problems, file, bytes).flatMap(section -> {
            Optional<String> name = section.needed("name");
            Optional<String> label = section.needed("version");
            Optional<WorkflowId> usual = section.word(
                            "default_workflow",
                            workflows.keySet().stream().map(WorkflowId::value).toList())
                    .map(WorkflowId::new);
            section.done();
            return name.flatMap(called -> label.map(version -> new Head(called, version, usual)));
        });
    }

    /// A file that nothing reads is a mistake: somebody believes that it is in force.
    private void layout() {
        for (String path : files.content().keySet()) {
            boolean read = FILES.contains(path)
                    || path.endsWith(".md")
                    || (path.startsWith("policies/") && path.endsWith(".cedar"))
                    || (FOLDERS.stream().anyMatch(path::startsWith)
                            && !path.startsWith("policies/")
                            && path.endsWith(".yaml"));
            if (!read) {
                problems.add(Mark.start(path), "no part of a bundle has this name", path, FILES);
            }
        }
    }

    private void one(String file, BiConsumer<String, byte[]> read) {
        byte[] bytes = files.content().get(file);
        if (bytes != null) {
            read.accept(file, bytes);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.containment.Zone;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SpiffeId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads the agents of `principals.yaml`. One identity for each agent type and environment: a name, a SPIFFE id and a
/// type in a trust domain are there once, and none of them is a person's.
final class AgentReader {
    /// As long as a digest with its algorithm.
    private static final int VERSION_CHARS_MAX = 128;

    private static final int TTL_SECONDS_MAX = (int) DelegationBounds.TTL_MAX.toSeconds();

    private final Catalog catalog;
    private final Map<String, Zone> zones;
    private final Set<String> workflows;
    private final Set<String> people;
    private final Set<String> roles;
    private final Set<String> taken = new HashSet<>();

    AgentReader(
            Catalog catalog, Map<String, Zone> zones, Set<String> workflows, Set<String> people, Set<String> roles) {
        this.catalog = catalog;
        this.zones = zones;
        this.workflows = workflows;
        this.people = people;
        this.roles = roles;
    }

    Optional<AgentRecord> read(Section section) {
        Optional<String> id = section.needed("id");
        if (id.filter(people::contains).isPresent()) {
            section.problem("id", "a person has this id, and an agent never signs in as a person");
        }
        Optional<String> type = section.text("type").or(() -> id);
        Optional<String> zone = section.needed("zone").flatMap(_ -> section.word("zone", zones.keySet()));
        Optional<Integer> tier = section.whole("tier", 1, 9);
        section.require("tier");
        Optional<Zone> runsIn = zone.map(zones::get);
        if (tier.isPresent() && runsIn.isPresent() && runsIn.get().tier() != tier.get()) {
            section.problem("tier", "the zone is for another tier");
        }
        Set<WorkflowId> runs = new LinkedHashSet<>();
        section.words("workflows", workflows).forEach(name -> runs.add(new WorkflowId(name)));
        Served served = new Served(new LinkedHashSet<>(), new LinkedHashSet<>());
        section.words("users", people).forEach(name -> served.people.add(new UserId(name)));
        served.roles.addAll(section.words("roles", roles));
        Optional<UserId> owner =
                section.text("owner").flatMap(_ -> section.word("owner", people).map(UserId::new));
        Optional<Workload> workload = workload(section, type.orElse(""));
        Rollout stage = section.word("stage", Rollout.words()).map(Rollout::of).orElse(Rollout.GENERAL);
        DelegationBounds bounds = section.section("delegation")
                .map(below -> bounds(below, served))
                .orElse(DelegationBounds.NOTHING);
        List<JitApproval> jit = jit(section);
        Optional<String> version = section.made(
                "version",
                "1 to " + VERSION_CHARS_MAX + " characters",
                text -> Optional.of(text).filter(one -> one.length() <= VERSION_CHARS_MAX));
        section.done();
        return id.flatMap(name -> type.flatMap(kind -> zone.flatMap(where -> tier.map(level -> new AgentRecord(
                new AgentId(name),
                kind,
                level,
                where,
                runs,
                served.people,
                served.roles,
                owner,
                workload,
                stage,
                bounds,
                jit,
                version)))));
    }

    private record Served(Set<UserId> people, Set<String> roles) {}

    private Optional<Workload> workload(Section section, String type) {
        Optional<SpiffeId> name =
                section.made("spiffe_id", "a SPIFFE id, `spiffe://trust-domain/path`", SpiffeId::parse);
        Optional<String> domain = section.text("trust_domain");
        Optional<String> attestation = section.word("attestation", Workload.Attestation.words());
        Optional<String> subject = section.text("subject");
        if (!section.has("spiffe_id") && domain.isEmpty()) {
            section.problem("nobody vouches for this agent: name `spiffe_id`, `trust_domain` and `attestation`, for"
                    + " example `trust_domain: crm.example` and `attestation: local`");
            return Optional.empty();
        }
        section.require("spiffe_id");
        section.require("trust_domain");
        section.require("attestation");
        if (name.isEmpty() || domain.isEmpty() || attestation.isEmpty()) {
            return Optional.empty();
        }
        if (!name.get().trustDomain().equals(domain.get())) {
            section.problem("spiffe_id", "the SPIFFE id is of another trust domain");
        }
        if (!taken.add(name.get().toString())) {
            section.problem("spiffe_id", "two agents have this SPIFFE id");
        }
        if (!taken.add("type " + type + " in " + domain.get())) {
            section.problem("type", "two agents of this type are in one trust domain");
        }
        if (subject.isPresent() && !taken.add("subject " + subject.get() + " in " + domain.get())) {
            section.problem("subject", "two agents of one trust domain have this subject");
        }
        Workload.Attestation by = Workload.Attestation.of(attestation.get());
        if (by == Workload.Attestation.WORKLOAD_IDENTITY_POOL && subject.isEmpty()) {
            section.problem("name the `subject` that tokens of the pool have for this agent");
        }
        return Optional.of(new Workload(name.get(), by, subject));
    }

    private DelegationBounds bounds(Section section, Served served) {
        if (section.has("on_behalf_of") && !(served.people.isEmpty() && served.roles.isEmpty())) {
            section.problem("on_behalf_of", "say it here or in `users` and `roles`, not in both");
        }
        Set<String> able = new TreeSet<>();
        people.forEach(name -> able.add("user:" + name));
        roles.forEach(name -> able.add("role:" + name));
        for (String one : section.words("on_behalf_of", able)) {
            String name = one.substring(one.indexOf(':') + 1);
            if (one.startsWith("user:")) {
                served.people.add(new UserId(name));
            } else {
                served.roles.add(name);
            }
        }
        section.require("scope");
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String text : section.texts("scope")) {
            Optional<Scope> scope = Scope.parse(text);
            scope.ifPresent(scopes::add);
            if (scope.isEmpty()) {
                section.problem("scope", Problem.quote(text) + " is no scope: `system:object:verb:qualifier`");
            } else if (!families().contains(scope.get().system())) {
                section.problem(
                        "scope",
                        "no tool needs a scope of " + Problem.quote(scope.get().system()));
            }
        }
        Duration ttl = section.whole("ttl_seconds", 1, TTL_SECONDS_MAX)
                .map(Duration::ofSeconds)
                .orElse(DelegationBounds.TTL_MAX);
        Optional<String> audience = section.text("audience");
        section.done();
        return new DelegationBounds(scopes, ttl, audience);
    }

    private Set<String> families() {
        Set<String> families = new TreeSet<>();
        catalog.tools().forEach(tool -> tool.scopes().forEach(scope -> families.add(scope.system())));
        return families;
    }

    private List<JitApproval> jit(Section section) {
        List<JitApproval> all = new ArrayList<>();
        for (String text : section.texts("jit_approval_required")) {
            Optional<JitApproval> action = JitApproval.parse(text);
            action.ifPresent(all::add);
            if (action.isEmpty()) {
                section.problem(
                        "jit_approval_required",
                        Problem.quote(text) + " is no action: `object:verb:field`, `family:send:external` or `…:*`");
            } else {
                dead(action.get()).ifPresent(why -> section.problem("jit_approval_required", why));
            }
        }
        return all;
    }

    /// An action that no tool is would be a safeguard that guards nothing.
    private Optional<String> dead(JitApproval action) {
        List<ToolType> about = catalog.tools().stream()
                .filter(tool -> action.covers(tool, Set.of(), true))
                .toList();
        if (about.isEmpty()) {
            return Optional.of("no tool does what " + Problem.quote(action.toString()) + " says");
        }
        boolean field = !action.qualifier().equals(JitApproval.ANY)
                && !action.qualifier().equals(JitApproval.EXTERNAL);
        boolean there = about.stream().anyMatch(tool -> has(tool, action.qualifier()));
        return field && !there
                ? Optional.of("no object of " + Problem.quote(action.toString()) + " has this field")
                : Optional.empty();
    }

    private boolean has(ToolType tool, String field) {
        return catalog.contracts().stream()
                .filter(contract -> contract.system().equals(tool.system()))
                .map(Contract::objects)
                .flatMap(List::stream)
                .filter(object -> object.name().equals(tool.object()))
                .map(ObjectType::fields)
                .flatMap(List::stream)
                .anyMatch(one -> one.name().equals(field));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.Duration;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.terms.DataClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a cell must show, from the bundle's text and the official Cedar engine alone. Scopes are held, so they do not
/// matter here; nothing was carried and no risk was seen, no approval and no step-up was given.
final class Oracle {
    private final BundleText bundle;
    private final DataClasses classes;
    private final String system;
    private final PolicySet policies;
    private final BasicAuthorizationEngine cedar = new BasicAuthorizationEngine();
    private final Map<String, EntityTypeName> types = new HashMap<>();

    /// Who asks.
    record Asker(
            BundleText.Agent agent, BundleText.User user, BundleText.Workflow workflow, Optional<String> customer) {
        /// Whether the bundle lets the agent act for such a person, in that workflow.
        boolean known() {
            return !Collections.disjoint(agent.roles(), user.roles())
                    && agent.workflows().contains(workflow.id());
        }

        /// The same, in a task about this customer when the workflow needs one.
        Asker about(String id) {
            return new Asker(agent, user, workflow, workflow.customerBound() ? Optional.of(id) : Optional.empty());
        }
    }

    /// Facts of a row by name (`owner`, `tenant`, `region`, `customer`), and when it changed.
    record Row(Map<String, String> facts, Optional<Instant> updated) {}

    Oracle(BundleText bundle, DataClasses classes, String system) {
        this.bundle = bundle;
        this.classes = classes;
        this.system = system;
        try {
            this.policies = PolicySet.parsePolicies(bundle.policies());
            policies.cache();
        } catch (InternalException | CacheException broken) {
            throw new IllegalStateException("the bundle's policies do not parse", broken);
        }
    }

    /// The view in which a field of a row must come: `clear`, `masked`, `handle` or `withheld`.
    String view(Asker who, BundleText.Tool tool, BundleText.Field field, Row row, Instant now) {
        if (!who.known()
                || !who.workflow().includes(tool.name())
                || !reachable(who, tool, row)
                || !inClass(who, field)) {
            return "withheld";
        }
        return Stream.of("clear", "masked", "handle")
                .filter(view -> !view.equals("masked") || field.maskable())
                .filter(view -> !view.equals("handle") || field.handle())
                .filter(view -> permits(who, tool, field, row, view, now))
                .findFirst()
                .orElse("withheld");
    }

    /// The walls: the tenant always, the customer where the workflow is bound to one.
    private boolean reachable(Asker who, BundleText.Tool tool, Row row) {
        Map<String, String> mapped = bundle.facts().getOrDefault(tool.object(), Map.of());
        boolean tenant = !mapped.containsKey("tenant")
                || who.user().tenant().equals(row.facts().get("tenant"));
        boolean customer = !who.workflow().binds(tool.object())
                || (mapped.containsKey("customer")
                        && who.customer()
                                .map(id -> id.equals(row.facts().get("customer")))
                                .orElse(false));
        return tenant && customer;
    }

    private boolean inClass(Asker who, BundleText.Field field) {
        return above(field.dataClass()).stream().anyMatch(who.workflow().classes()::contains);
    }

    private List<String> above(String dataClass) {
        List<String> names = new ArrayList<>(List.of(dataClass));
        classes.ancestors(new DataClass(dataClass)).forEach(name -> names.add(name.name()));
        return names;
    }

    private boolean permits(
            Asker who, BundleText.Tool tool, BundleText.Field field, Row row, String view, Instant now) {
        EntityUID resource = uid("Field", field.object() + "." + field.name());
        EntityUID principal = uid("Agent", who.agent().id());
        EntityUID action = uid("Action", tool.verb());
        AuthorizationRequest request =
                new AuthorizationRequest(principal, action, resource, context(who, tool, row, view, now));
        try {
            AuthorizationSuccessResponse answer = cedar.isAuthorized(request, policies, entities(who, tool, field))
                    .success
                    .orElseThrow(() -> new IllegalStateException("cedar could not answer"));
            return answer.isAllowed() && answer.getErrors().isEmpty();
        } catch (AuthException broken) {
            throw new IllegalStateException("cedar could not answer", broken);
        }
    }

    private Set<Entity> entities(Asker who, BundleText.Tool tool, BundleText.Field field) {
        Set<EntityUID> parents = new HashSet<>();
        parents.add(uid("Object", field.object()));
        parents.add(uid("System", system));
        above(field.dataClass()).forEach(name -> parents.add(uid("DataClass", name)));
        String group = Set.of("read", "search", "summarize", "export").contains(tool.verb()) ? "reads" : "changes";
        return Set.of(
                new Entity(uid("Field", field.object() + "." + field.name()), attributes(field), parents),
                new Entity(
                        uid("Agent", who.agent().id()),
                        agent(who),
                        Set.of(uid("Agents", who.agent().type()))),
                new Entity(uid("Action", tool.verb()), Set.of(uid("Action", group))),
                new Entity(uid("Object", field.object()), Set.of(uid("System", system))));
    }

    private Map<String, Value> attributes(BundleText.Field field) {
        long tier = classes.entry(new DataClass(field.dataClass()))
                .map(DataClasses.Entry::tier)
                .orElseThrow();
        return Map.of(
                "name", text(field.name()),
                "object", text(field.object()),
                "system", text(system),
                "class", text(field.dataClass()),
                "tier", new PrimLong(tier));
    }

    private Map<String, Value> agent(Asker who) {
        return Map.of(
                "tier", new PrimLong(who.agent().tier()),
                "zone", text(who.agent().zone()),
                "tenant", text(who.user().tenant()),
                "type", text(who.agent().type()));
    }

    private Map<String, Value> context(Asker who, BundleText.Tool tool, Row row, String view, Instant now) {
        Map<String, Value> context = new HashMap<>();
        context.put("view", text(view));
        context.put("intent", text(who.workflow().intent()));
        context.put("workflow", text(who.workflow().id()));
        context.put("purpose", text(who.workflow().purpose()));
        context.put("tool", text(tool.name()));
        context.put(
                "destination",
                record(Map.of(
                        "name",
                        text("agent"),
                        "kind",
                        text("agent"),
                        "zone",
                        text(who.agent().zone()))));
        context.put("user", user(who));
        context.put("risk", record(Map.of("level", text("low"), "score", new PrimLong(0L))));
        context.put("carried", texts(Set.of()));
        context.put("completed", texts(Set.of()));
        if (!who.workflow().step().isEmpty()) {
            context.put("step", text(who.workflow().step()));
        }
        context.put("limits", record(Map.of()));
        context.put("now", moment(now));
        who.customer().ifPresent(id -> context.put("customer", text(id)));
        context.put("row", facts(row, now));
        return context;
    }

    private static CedarMap user(Asker who) {
        Map<String, Value> user = new HashMap<>();
        user.put("id", text(who.user().id()));
        user.put("roles", texts(who.user().roles()));
        user.put("audiences", texts(who.user().audiences()));
        user.put("tenant", text(who.user().tenant()));
        if (!who.user().account().isEmpty()) {
            user.put("account", text(who.user().account()));
        }
        return record(user);
    }

    private static CedarMap facts(Row row, Instant now) {
        Map<String, Value> facts = new HashMap<>();
        row.facts().forEach((name, value) -> facts.put(name, text(value)));
        row.updated().ifPresent(at -> {
            facts.put("updated", moment(at));
            facts.put("age", new Duration((now.toEpochMilli() - at.toEpochMilli()) + "ms"));
        });
        return record(facts);
    }

    private EntityUID uid(String type, String id) {
        return types.computeIfAbsent(type, name -> EntityTypeName.parse(name).orElseThrow())
                .of(id);
    }

    private static CedarMap record(Map<String, Value> members) {
        CedarMap map = new CedarMap();
        members.forEach(map::put);
        return map;
    }

    private static DateTime moment(Instant at) {
        return new DateTime(Instant.ofEpochMilli(at.toEpochMilli()).toString());
    }

    private static CedarList texts(Collection<String> words) {
        CedarList list = new CedarList();
        words.forEach(word -> list.add(text(word)));
        return list;
    }

    private static PrimString text(String word) {
        return new PrimString(word);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.cedar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A CRM's policies, entities and requests, in plain values that each engine takes in its own form. Ten policies are 4
/// forbids and 6 permits; a hundred and a thousand are 10 forbids and permits for tenant, object and group.
final class Workload {
    static final int REQUESTS = 64;
    static final int FIELDS = 25;
    private static final int TENANTS = 4;
    private static final int OBJECTS = 30;
    private static final int GROUPS = 10;
    private static final List<String> CLASSES = List.of("public", "pii", "financial", "internal", "contact", "secret");
    private static final List<String> INTENTS = List.of("prepare-call", "support", "report");

    /// A policy in both languages. `action`, `group` and `object` are empty when they are not demanded.
    record Policy(boolean forbid, String action, String group, String object, String cedar, String cel) {
        String text() {
            String scope = (forbid ? "forbid" : "permit") + " (principal"
                    + (group.isEmpty() ? "" : " in AgentGroup::\"" + group + "\"") + ", action"
                    + (action.isEmpty() ? "" : " == Action::\"" + action + "\"") + ", resource"
                    + (object.isEmpty() ? "" : " in Object::\"" + object + "\"") + ")";
            return scope + " when { " + cedar + " };\n";
        }
    }

    /// An entity with attributes of texts and longs.
    record Thing(String type, String id, Map<String, Object> attributes, List<String> parents, String parentType) {}

    /// A request; the context has texts, longs, lists of texts and maps of these.
    record Asked(Thing agent, String action, Thing field, Map<String, Object> context) {}

    final List<Policy> policies = new ArrayList<>();
    final List<Thing> things = new ArrayList<>();
    final List<Asked> requests = new ArrayList<>();
    final List<Asked> record = new ArrayList<>();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_121);
    private final List<Thing> agents = new ArrayList<>();
    private final List<Thing> fields = new ArrayList<>();

    Workload(int count) {
        forbids(count <= 10 ? 4 : 10);
        permits(count);
        entities();
        for (int at = 0; at < REQUESTS; at++) {
            Thing agent = agents.get(at % agents.size());
            // three of four ask within their tenant, so that not everything ends at the first forbid
            List<Thing> asked = at % 4 == 0 ? fields : sameTenant(agent);
            requests.add(asked(agent, asked.get(random.nextInt(asked.size())), context()));
        }
        Map<String, Object> context = context();
        for (int at = 0; at < FIELDS; at++) {
            record.add(new Asked(agents.getFirst(), "read", fields.get(at), context));
        }
    }

    private List<Thing> sameTenant(Thing agent) {
        Object tenant = agent.attributes().get("tenant");
        return fields.stream()
                .filter(field -> Objects.equals(field.attributes().get("tenant"), tenant))
                .toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        policies.forEach(policy -> text.append(policy.text()));
        return text.toString();
    }

    private void forbids(int count) {
        List<Policy> all = List.of(
                forbid("", "principal.tenant != resource.tenant", "principal.tenant != resource.tenant"),
                forbid("", "context.risk > 90", "context.risk > 90"),
                forbid(
                        "write",
                        "!(context has approval) || context.approval.state != \"granted\"",
                        "!has(context.approval) || context.approval.state != \"granted\""),
                forbid("send", "context.taint.contains(\"pii\")", "\"pii\" in context.taint"),
                forbid("write", "context.delta > 10", "context.delta > 10"),
                forbid(
                        "send",
                        "context has destination && context.destination.trust < 2",
                        "has(context.destination) && context.destination.trust < 2"),
                forbid("export", "principal.zone != \"internal\"", "principal.zone != \"internal\""),
                forbid("export", "context.hour < 7 || context.hour > 19", "context.hour < 7 || context.hour > 19"),
                forbid(
                        "read",
                        "resource.dataClass == \"pii\" && context.intent == \"report\"",
                        "resource.dataClass == \"pii\" && context.intent == \"report\""),
                forbid("read", "resource.name like \"Secret_*\"", "resource.name.startsWith(\"Secret_\")"));
        policies.addAll(all.subList(0, count));
    }

    private static Policy forbid(String action, String cedar, String cel) {
        return new Policy(true, action, "", "", cedar, cel);
    }

    private void permits(int count) {
        for (int at = 0; policies.size() < count; at++) {
            String tenant = "t" + at % TENANTS;
            String object = count <= 10 ? "" : "o" + at / TENANTS % OBJECTS;
            String group = "g" + at / (TENANTS * OBJECTS) % GROUPS;
            String condition = "principal.tenant == \"" + tenant + "\" && resource.tenant == \"" + tenant
                    + "\" && context.risk < " + (60 + at % 30) + " && principal.tier <= 3";
            policies.add(new Policy(false, at % 3 == 0 ? "" : "read", group, object, condition, condition));
        }
    }

    private void entities() {
        for (int at = 0; at < GROUPS; at++) {
            things.add(new Thing("AgentGroup", "g" + at, Map.of(), List.of(), ""));
        }
        for (int at = 0; at < OBJECTS; at++) {
            things.add(new Thing("Object", "o" + at, Map.of(), List.of(), ""));
        }
        for (int at = 0; at < 20; at++) {
            Map<String, Object> attributes =
                    Map.of("tier", 1L + at % 4, "zone", "internal", "tenant", "t" + at % TENANTS);
            agents.add(new Thing("Agent", "a" + at, attributes, List.of("g0", "g" + at % GROUPS), "AgentGroup"));
        }
        for (int at = 0; at < 200; at++) {
            String name = (at % 20 == 7 ? "Secret_" : "F") + at;
            Map<String, Object> attributes = Map.of(
                    "name", name, "dataClass", CLASSES.get(at % CLASSES.size()), "tenant", "t" + at / FIELDS % TENANTS);
            fields.add(new Thing("Field", name, attributes, List.of("o" + at / FIELDS), "Object"));
        }
        things.addAll(agents);
        things.addAll(fields);
    }

    private Asked asked(Thing agent, Thing field, Map<String, Object> context) {
        List<String> actions = List.of("read", "read", "read", "write", "send", "export");
        return new Asked(agent, actions.get(random.nextInt(actions.size())), field, context);
    }

    private Map<String, Object> context() {
        Map<String, Object> context = new TreeMap<>();
        context.put("intent", INTENTS.get(random.nextInt(INTENTS.size())));
        context.put("risk", (long) random.nextInt(80));
        context.put("delta", (long) random.nextInt(20));
        context.put("hour", (long) random.nextInt(24));
        context.put("taint", random.nextBoolean() ? List.of("pii", "financial") : List.of("public"));
        context.put("onBehalfOf", "u" + random.nextInt(50));
        context.put("mfa", (long) random.nextInt(2));
        if (random.nextBoolean()) {
            context.put("approval", Map.of("state", random.nextBoolean() ? "granted" : "pending", "approver", "u7"));
        }
        if (random.nextBoolean()) {
            context.put("destination", Map.of("zone", "partner", "trust", (long) random.nextInt(4)));
        }
        return context;
    }
}

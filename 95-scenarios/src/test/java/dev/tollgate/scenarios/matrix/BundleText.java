// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A bundle folder as an auditor would read it: YAML and Cedar text, without the product's loaders.
///
/// @param policies  all Cedar text
/// @param fields    by object
/// @param facts     fact → field, by object
/// @param ids       the id field, by object
/// @param models    what the system calls the object
/// @param tools     by name
/// @param agents    by id
/// @param users     by id
/// @param workflows by id
record BundleText(
        String policies,
        Map<String, List<Field>> fields,
        Map<String, Map<String, String>> facts,
        Map<String, String> ids,
        Map<String, String> models,
        Map<String, Tool> tools,
        Map<String, Agent> agents,
        Map<String, User> users,
        Map<String, Workflow> workflows) {
    /// @param upstream the system's name, as the contract writes it
    record Field(
            String object,
            String name,
            String upstream,
            String type,
            String dataClass,
            boolean maskable,
            boolean handle,
            boolean conceal) {
        /// The same of another type.
        Field typed(String other) {
            return new Field(object, name, upstream, other, dataClass, maskable, handle, conceal);
        }
    }

    record Tool(String name, String object, String kind, String verb, List<String> scopes) {}

    record Agent(String id, String type, long tier, String zone, Set<String> workflows, Set<String> roles) {}

    record User(String id, String tenant, Set<String> roles, Set<String> audiences, String account) {}

    /// @param step the step that this is the workflow of; empty when it has none
    record Workflow(
            String id,
            String step,
            String intent,
            String purpose,
            Set<String> classes,
            Set<String> tools,
            boolean customerBound,
            Set<String> unbound) {
        boolean binds(String object) {
            return customerBound && !unbound.contains(object);
        }

        boolean includes(String tool) {
            return tools.isEmpty() || tools.contains(tool);
        }
    }

    /// Reads a folder with the contract of one system.
    static BundleText read(Path folder, String contractFile, String system) {
        Map<String, Object> contract = yaml(folder.resolve("contracts").resolve(contractFile));
        Map<String, List<Field>> fields = new TreeMap<>();
        Map<String, Map<String, String>> facts = new TreeMap<>();
        Map<String, String> ids = new TreeMap<>();
        Map<String, String> models = new TreeMap<>();
        map(contract.get("objects")).forEach((object, described) -> {
            Map<String, Object> members = map(described);
            List<Field> list = new ArrayList<>();
            map(members.get("fields")).forEach((name, field) -> list.add(field(object, name, map(field))));
            Map<String, String> mapped = new TreeMap<>();
            map(members.get("facts")).forEach((fact, field) -> mapped.put(fact, field.toString()));
            fields.put(object, list);
            facts.put(object, mapped);
            ids.put(object, text(members, "id"));
            models.put(object, members.containsKey("upstream") ? text(members, "upstream") : object);
        });
        Map<String, Tool> tools = new TreeMap<>();
        map(contract.get("tools")).forEach((name, tool) -> tools.put(name, tool(name, map(tool))));
        Map<String, Object> principals = yaml(folder.resolve("principals.yaml"));
        return new BundleText(
                policies(folder),
                fields,
                facts,
                ids,
                models,
                tools,
                agents(principals),
                users(principals, system),
                workflows(folder));
    }

    private static Field field(String object, String name, Map<String, Object> members) {
        return new Field(
                object,
                name,
                members.containsKey("upstream") ? text(members, "upstream") : name,
                text(members, "type"),
                text(members, "class"),
                members.containsKey("mask"),
                Boolean.TRUE.equals(members.get("handle")),
                Boolean.TRUE.equals(members.get("conceal")));
    }

    private static Tool tool(String name, Map<String, Object> members) {
        String kind = text(members, "kind");
        String usual = kind.equals("get") ? "read" : kind.equals("create") ? "create" : "search";
        String verb = members.containsKey("verb") ? text(members, "verb") : usual;
        return new Tool(name, text(members, "object"), kind, verb, List.copyOf(texts(members.get("scopes"))));
    }

    private static Map<String, Agent> agents(Map<String, Object> principals) {
        Map<String, Agent> agents = new TreeMap<>();
        for (Object one : list(principals.get("agents"))) {
            Map<String, Object> agent = map(one);
            agents.put(
                    text(agent, "id"),
                    new Agent(
                            text(agent, "id"),
                            text(agent, "type"),
                            Long.parseLong(text(agent, "tier")),
                            text(agent, "zone"),
                            texts(agent.get("workflows")),
                            served(agent)));
        }
        return agents;
    }

    private static Set<String> served(Map<String, Object> agent) {
        return texts(map(agent.get("delegation")).get("on_behalf_of")).stream()
                .map(name -> name.substring("role:".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, User> users(Map<String, Object> principals, String system) {
        Map<String, User> users = new TreeMap<>();
        for (Object one : list(principals.get("users"))) {
            Map<String, Object> user = map(one);
            Map<String, Object> accounts = map(user.get("accounts"));
            users.put(
                    text(user, "id"),
                    new User(
                            text(user, "id"),
                            text(user, "tenant"),
                            texts(user.get("roles")),
                            texts(user.get("audiences")),
                            accounts.containsKey(system) ? text(accounts, system) : ""));
        }
        return users;
    }

    private static Map<String, Workflow> workflows(Path folder) {
        Map<String, Workflow> workflows = new TreeMap<>();
        for (Path file : files(folder.resolve("workflows"), ".yaml")) {
            for (Object one : list(yaml(file).get("workflows"))) {
                Map<String, Object> flow = map(one);
                workflows.putAll(steps(flow));
            }
        }
        return workflows;
    }

    /// The workflow, or one for each of its steps: nobody runs the whole of a workflow with steps.
    private static Map<String, Workflow> steps(Map<String, Object> flow) {
        Map<String, Workflow> steps = new TreeMap<>();
        for (Object one : list(flow.get("steps"))) {
            Map<String, Object> step = map(one);
            steps.put(
                    text(flow, "id") + "/" + text(step, "id"),
                    workflow(flow, text(step, "id"), texts(step.get("classes")), texts(step.get("tools"))));
        }
        return steps.isEmpty()
                ? Map.of(text(flow, "id"), workflow(flow, "", texts(flow.get("classes")), texts(flow.get("tools"))))
                : steps;
    }

    private static Workflow workflow(Map<String, Object> flow, String step, Set<String> classes, Set<String> tools) {
        return new Workflow(
                text(flow, "id"),
                step,
                text(flow, "intent"),
                text(flow, "purpose"),
                classes,
                tools,
                Boolean.TRUE.equals(flow.get("customer_bound")),
                texts(flow.get("unbound_objects")));
    }

    private static String policies(Path folder) {
        StringBuilder policies = new StringBuilder();
        files(folder.resolve("policies"), ".cedar")
                .forEach(file -> policies.append(read(file)).append('\n'));
        return policies.toString();
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, Object> yaml(Path file) {
        return map(new Load(LoadSettings.builder().build()).loadFromString(read(file)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> map.put(String.valueOf(name), member));
        }
        return map;
    }

    private static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> items ? List.copyOf(items) : List.of();
    }

    private static Set<String> texts(@Nullable Object value) {
        return Set.copyOf(list(value).stream().map(Object::toString).toList());
    }

    private static String text(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalStateException("`" + name + "` is missing");
        }
        return value.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Compiles policies, in the JSON that the official parser emits, into a set that answers requests.
public final class Compiler {
    /// Policies of one set. The index keeps decisions fast far above that; the bound is for memory.
    private static final int POLICIES_MAX = 100_000;
    /// `policy2` comes before `policy10`: shorter numbers first, then by text.
    private static final Comparator<Read> BY_ID =
            Comparator.<Read, Integer>comparing(read -> read.id.length()).thenComparing(read -> read.id);

    private record Read(String id, PolicyReader.Read policy) {}

    private Compiler() {}

    /// Compiles without a schema: the hierarchy of actions is what the entities say.
    ///
    /// @param estJson a policy set: `staticPolicies`, `templates`, `templateLinks`
    /// @throws IllegalEst when it is not what the official parser emits, or exceeds a limit
    public static PolicySet compile(String estJson) {
        return compiled(estJson, Entities.EMPTY);
    }

    /// Compiles with a schema, which tells the groups that actions are in.
    ///
    /// @throws IllegalEst when `estJson` is not what the official parser emits, or exceeds a limit
    public static PolicySet compile(String estJson, Schema schema) {
        return compiled(estJson, schema.actions());
    }

    private static PolicySet compiled(String estJson, Entities actions) {
        JsonNode set = Json.read(estJson);
        List<Read> all = new ArrayList<>();
        PolicyReader plain = new PolicyReader(Map.of());
        EstReader.need(set, "staticPolicies")
                .properties()
                .forEach(entry -> all.add(new Read(entry.getKey(), plain.read(entry.getValue()))));
        JsonNode links = set.get("templateLinks");
        if (links != null) {
            links.forEach(link -> all.add(linked(link, EstReader.need(set, "templates"))));
        }
        if (all.size() > POLICIES_MAX) {
            throw new IllegalEst("a policy set must have at most " + POLICIES_MAX + " policies");
        }
        all.sort(BY_ID);
        Set<String> ids = new HashSet<>();
        PolicySet nothing = new PolicySet(new Rule[0], actions);
        Rule[] rules = new Rule[all.size()];
        for (int at = 0; at < rules.length; at++) {
            Read read = all.get(at);
            if (!ids.add(read.id)) {
                throw new IllegalEst("two policies have the id `" + read.id + "`");
            }
            rules[at] = rule(at, read, new Closures(nothing.nowhere()));
        }
        return new PolicySet(rules, actions);
    }

    private static Rule rule(int number, Read read, Closures closures) {
        PolicyReader.Read policy = read.policy;
        return new Rule(
                number,
                read.id,
                policy.effect(),
                policy.head(),
                policy.condition(),
                closures.node(policy.condition()),
                ContextReads.of(policy.condition()),
                Collections.unmodifiableSortedMap(policy.annotations()));
    }

    private static Read linked(JsonNode link, JsonNode templates) {
        Map<String, EntityUid> slots = new HashMap<>();
        EstReader.need(link, "values")
                .properties()
                .forEach(entry -> slots.put(entry.getKey(), PolicyReader.uid(entry.getValue())));
        JsonNode template = templates.get(EstReader.text(link.get("templateId")));
        if (template == null) {
            throw new IllegalEst("a link names a template that is not there");
        }
        return new Read(EstReader.text(link.get("newId")), new PolicyReader(slots).read(template));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The peers: the same requests, asked of cedar-java with its cache and of CEL behind an index by action, object and
/// group.
final class Engines {
    private Engines() {}

    /// cedar-java as published, with the policies cached; its model objects are made beforehand.
    static final class CedarJava {
        private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
        private final PolicySet policies;

        CedarJava(Workload workload) {
            try {
                policies = PolicySet.parsePolicies(workload.text());
                policies.cache();
            } catch (AuthException | CacheException refused) {
                throw new IllegalStateException("cedar-java refuses the workload", refused);
            }
        }

        /// A request with the entities that it needs.
        record Ready(AuthorizationRequest request, Set<com.cedarpolicy.model.entity.Entity> entities) {}

        static Ready ready(Workload workload, Workload.Asked asked) {
            Map<String, Value> context = new HashMap<>();
            asked.context().forEach((name, value) -> context.put(name, value(value)));
            Set<com.cedarpolicy.model.entity.Entity> entities = new HashSet<>();
            for (Workload.Thing thing : List.of(asked.agent(), asked.field())) {
                entities.add(entity(thing));
                for (Workload.Thing above : workload.things) {
                    if (above.type().equals(thing.parentType())
                            && thing.parents().contains(above.id())) {
                        entities.add(entity(above));
                    }
                }
            }
            return new Ready(
                    new AuthorizationRequest(
                            uid(asked.agent().type(), asked.agent().id()),
                            uid("Action", asked.action()),
                            uid(asked.field().type(), asked.field().id()),
                            new Context(context)),
                    entities);
        }

        boolean allowed(Ready ready) {
            try {
                return engine.isAuthorized(ready.request, policies, ready.entities)
                        .success
                        .orElseThrow()
                        .isAllowed();
            } catch (AuthException failed) {
                throw new IllegalStateException("cedar-java failed", failed);
            }
        }

        private static com.cedarpolicy.model.entity.Entity entity(Workload.Thing thing) {
            Map<String, Value> attributes = new HashMap<>();
            thing.attributes().forEach((name, value) -> attributes.put(name, value(value)));
            Set<EntityUID> parents = new HashSet<>();
            thing.parents().forEach(parent -> parents.add(uid(thing.parentType(), parent)));
            return new com.cedarpolicy.model.entity.Entity(uid(thing.type(), thing.id()), attributes, parents);
        }

        private static EntityUID uid(String type, String id) {
            return new EntityUID(EntityTypeName.parse(type).orElseThrow(), id);
        }

        private static Value value(Object plain) {
            if (plain instanceof Long number) {
                return new PrimLong(number);
            }
            if (plain instanceof List<?> list) {
                return new CedarList(list.stream().map(CedarJava::value).toList());
            }
            if (plain instanceof Map<?, ?> map) {
                CedarMap values = new CedarMap();
                map.forEach((name, value) -> values.put((String) name, value(value)));
                return values;
            }
            return new PrimString((String) plain);
        }
    }

    /// CEL's planner runtime. It has no policies: forbids and permits, scopes and their index are ours here.
    static final class Cel {
        private final Map<String, List<Program>> forbids = new HashMap<>();
        private final Map<String, List<Program>> permits = new HashMap<>();

        Cel(Workload workload) {
            CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addVar("principal", SimpleType.DYN)
                    .addVar("resource", SimpleType.DYN)
                    .addVar("context", SimpleType.DYN)
                    .build();
            CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder().build();
            for (Workload.Policy policy : workload.policies) {
                Program program;
                try {
                    program =
                            runtime.createProgram(compiler.compile(policy.cel()).getAst());
                } catch (CelValidationException | CelEvaluationException broken) {
                    throw new IllegalStateException("the workload is no CEL", broken);
                }
                (policy.forbid() ? forbids : permits)
                        .computeIfAbsent(
                                key(policy.action(), policy.object(), policy.group()), absent -> new ArrayList<>())
                        .add(program);
            }
        }

        private static String key(String action, String object, String group) {
            return action + "/" + object + "/" + group;
        }

        /// A request with its keys and variables.
        record Prepared(List<String> keys, Map<String, Object> variables) {}

        static Prepared ready(Workload.Asked asked) {
            List<String> keys = new ArrayList<>();
            for (String action : List.of("", asked.action())) {
                for (String object : List.of("", asked.field().parents().getFirst())) {
                    keys.add(key(action, object, ""));
                    new HashSet<>(asked.agent().parents()).forEach(group -> keys.add(key(action, object, group)));
                }
            }
            return new Prepared(
                    List.copyOf(keys),
                    Map.of(
                            "principal", asked.agent().attributes(),
                            "resource", asked.field().attributes(),
                            "context", asked.context()));
        }

        /// Evaluates all that can apply, as full diagnostics need.
        boolean allowed(Prepared ready) {
            int forbidden = count(forbids, ready);
            int permitted = count(permits, ready);
            return forbidden == 0 && permitted > 0;
        }

        private static int count(Map<String, List<Program>> programs, Prepared ready) {
            int satisfied = 0;
            for (String key : ready.keys) {
                for (Program program : programs.getOrDefault(key, List.of())) {
                    satisfied += satisfied(program, ready) ? 1 : 0;
                }
            }
            return satisfied;
        }

        private static boolean satisfied(Program program, Prepared ready) {
            try {
                return Boolean.TRUE.equals(program.eval(ready.variables));
            } catch (CelEvaluationException _) {
                // a policy that fails does not count, as in Cedar
                return false;
            }
        }
    }
}

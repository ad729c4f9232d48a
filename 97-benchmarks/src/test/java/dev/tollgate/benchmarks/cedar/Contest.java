// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.cedar;

import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Compiler;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntitiesJson;
import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.RequestJson;
import dev.tollgate.cedar.Schema;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One decision with full diagnostics and one record of 25 fields, at 10, 100 and 1,000 policies, beside cedar-java
/// with its cache and CEL. Entities are resident and contexts decoded, except in the last operation, which counts
/// decoding apart.
public final class Contest {
    private final PolicySet ours;
    private final Entities entities;
    private final List<Request> requests = new ArrayList<>();
    private final List<Request> record = new ArrayList<>();
    private final List<String> requestTexts = new ArrayList<>();
    private final List<String> entityTexts = new ArrayList<>();
    private final List<Engines.CedarJava.Ready> cedarRequests = new ArrayList<>();
    private final List<Engines.CedarJava.Ready> cedarRecord = new ArrayList<>();
    private final List<Engines.Cel.Prepared> celRequests = new ArrayList<>();
    private final List<Engines.Cel.Prepared> celRecord = new ArrayList<>();
    private final Engines.CedarJava cedarJava;
    private final Engines.Cel cel;
    private int next;

    /// Builds everything.
    public Contest(int policies) {
        Workload workload = new Workload(policies);
        CedarFrontend.Parsed parsed = new CedarFrontend().parse(workload.text());
        if (!(parsed instanceof CedarFrontend.Parsed.Policies good)) {
            throw new IllegalStateException("the workload does not parse");
        }
        ours = Compiler.compile(good.estJson());
        entities = Entities.of(workload.things.stream().map(Contest::entity).toList());
        cedarJava = new Engines.CedarJava(workload);
        cel = new Engines.Cel(workload);
        for (Workload.Asked asked : workload.requests) {
            requests.add(request(asked));
            cedarRequests.add(Engines.CedarJava.ready(workload, asked));
            celRequests.add(Engines.Cel.ready(asked));
            texts(workload, asked);
        }
        for (Workload.Asked asked : workload.record) {
            record.add(request(asked));
            cedarRecord.add(Engines.CedarJava.ready(workload, asked));
            celRecord.add(Engines.Cel.ready(asked));
        }
    }

    /// What the engines say to all requests, a line a request: ours, cedar-java's, CEL's.
    List<List<Boolean>> answers() {
        List<List<Boolean>> answers = new ArrayList<>();
        for (int at = 0; at < requests.size(); at++) {
            answers.add(List.of(
                    ours.authorize(requests.get(at), entities).allowed(),
                    cedarJava.allowed(cedarRequests.get(at)),
                    cel.allowed(celRequests.get(at))));
        }
        for (int at = 0; at < record.size(); at++) {
            answers.add(List.of(
                    ours.authorize(record.get(at), entities).allowed(),
                    cedarJava.allowed(cedarRecord.get(at)),
                    cel.allowed(celRecord.get(at))));
        }
        return answers;
    }

    /// The operations by name; each returns something of its result, so that no compiler drops it.
    public Map<String, IntSupplier> operations() {
        Map<String, IntSupplier> all = new LinkedHashMap<>();
        all.put(
                "one decision: tollgate",
                () -> bit(ours.authorize(requests.get(turn()), entities).allowed()));
        all.put("one decision: cedar-java", () -> bit(cedarJava.allowed(cedarRequests.get(turn()))));
        all.put("one decision: CEL", () -> bit(cel.allowed(celRequests.get(turn()))));
        all.put(
                "25 fields: tollgate",
                () -> sum(at -> ours.authorize(record.get(at), entities).allowed()));
        all.put("25 fields: cedar-java", () -> sum(at -> cedarJava.allowed(cedarRecord.get(at))));
        all.put("25 fields: CEL", () -> sum(at -> cel.allowed(celRecord.get(at))));
        all.put("decoding of entities and context: tollgate", this::decode);
        return all;
    }

    private int sum(IntPredicate allowed) {
        int sum = 0;
        for (int at = 0; at < record.size(); at++) {
            sum += bit(allowed.test(at));
        }
        return sum;
    }

    private static int bit(boolean allowed) {
        return allowed ? 1 : 0;
    }

    private int decode() {
        int at = turn();
        return EntitiesJson.read(entityTexts.get(at), Schema.EMPTY).hashCode()
                + RequestJson.read(requestTexts.get(at), Schema.EMPTY).hashCode();
    }

    private int turn() {
        next = (next + 1) & (Workload.REQUESTS - 1);
        return next;
    }

    private static Request request(Workload.Asked asked) {
        return new Request(
                EntityUid.of(asked.agent().type(), asked.agent().id()),
                EntityUid.of("Action", asked.action()),
                EntityUid.of(asked.field().type(), asked.field().id()),
                (Rec) value(asked.context()));
    }

    private static Entity entity(Workload.Thing thing) {
        return Entity.of(
                EntityUid.of(thing.type(), thing.id()),
                (Rec) value(thing.attributes()),
                thing.parents().stream()
                        .map(parent -> EntityUid.of(thing.parentType(), parent))
                        .toList());
    }

    private static CedarValue value(Object plain) {
        if (plain instanceof Long number) {
            return new CedarValue.Int(number);
        }
        if (plain instanceof List<?> list) {
            return CedarValue.Set.of(list.stream().map(Contest::value).toList());
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, CedarValue> attributes = new HashMap<>();
            map.forEach((name, one) -> attributes.put((String) name, value(one)));
            return Rec.of(attributes);
        }
        return new CedarValue.Str((String) plain);
    }

    private void texts(Workload workload, Workload.Asked asked) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode request = mapper.createObjectNode();
        request.putObject("principal")
                .put("type", "Agent")
                .put("id", asked.agent().id());
        request.putObject("action").put("type", "Action").put("id", asked.action());
        request.putObject("resource")
                .put("type", "Field")
                .put("id", asked.field().id());
        request.set("context", mapper.valueToTree(asked.context()));
        requestTexts.add(request.toString());
        ArrayNode all = mapper.createArrayNode();
        for (Workload.Thing thing : workload.things) {
            boolean needed = thing.equals(asked.agent())
                    || thing.equals(asked.field())
                    || (thing.type().equals("AgentGroup")
                            && asked.agent().parents().contains(thing.id()))
                    || (thing.type().equals("Object") && asked.field().parents().contains(thing.id()));
            if (needed) {
                ObjectNode node = all.addObject();
                node.putObject("uid").put("type", thing.type()).put("id", thing.id());
                node.set("attrs", mapper.valueToTree(thing.attributes()));
                ArrayNode parents = node.putArray("parents");
                thing.parents()
                        .forEach(parent -> parents.addObject()
                                .put("type", thing.parentType())
                                .put("id", parent));
            }
        }
        entityTexts.add(all.toString());
    }
}

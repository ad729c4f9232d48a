// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Request;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The official evaluator, asked in JSON through the native entry that cedar-java uses.
final class OfficialCedar {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, String> policies;
    private final Method call;

    /// @param policies texts by id
    OfficialCedar(Map<String, String> policies) {
        this.policies = policies;
        try {
            call = BasicAuthorizationEngine.class.getDeclaredMethod("callCedarJNI", String.class, String.class);
            call.setAccessible(true);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("cedar-java has another native entry than 4.10", changed);
        }
    }

    /// What came of a request: ids only.
    record Result(boolean allowed, Set<String> reason, Set<String> errors) {}

    Result authorize(Request request, Entities entities) throws ReflectiveOperationException {
        ObjectNode asked = JSON.createObjectNode();
        asked.set("principal", uid(request.principal()));
        asked.set("action", uid(request.action()));
        asked.set("resource", uid(request.resource()));
        asked.set("context", record(request.context()));
        asked.set("entities", entities(entities));
        asked.putNull("schema").put("validateRequest", false);
        ObjectNode set = asked.putObject("policies");
        ObjectNode texts = set.putObject("staticPolicies");
        policies.forEach(texts::put);
        set.putObject("templates");
        set.putArray("templateLinks");
        JsonNode answer =
                JSON.readTree((String) call.invoke(null, "AuthorizationOperation", JSON.writeValueAsString(asked)));
        if (!answer.path("type").stringValue("").equals("success")) {
            throw new AssertionError("the official evaluator refuses the request: " + answer);
        }
        JsonNode response = answer.path("response");
        Set<String> reason = new TreeSet<>();
        response.path("diagnostics").path("reason").forEach(id -> reason.add(id.stringValue()));
        Set<String> errors = new TreeSet<>();
        response.path("diagnostics")
                .path("errors")
                .forEach(error -> errors.add(error.path("policyId").stringValue()));
        return new Result(response.path("decision").stringValue("").equals("allow"), reason, errors);
    }

    private static ArrayNode entities(Entities entities) {
        ArrayNode all = NODES.arrayNode();
        entities.all().forEach(entity -> {
            ObjectNode node = all.addObject();
            node.set("uid", uid(entity.uid()));
            node.set("attrs", record(entity.attrs()));
            ArrayNode parents = node.putArray("parents");
            entity.parents().forEach(parent -> parents.add(uid(parent)));
        });
        return all;
    }

    private static ObjectNode uid(EntityUid uid) {
        return NODES.objectNode().put("type", uid.type()).put("id", uid.id());
    }

    private static ObjectNode record(Rec record) {
        ObjectNode node = NODES.objectNode();
        record.attributes().forEach((name, value) -> node.set(name, value(value)));
        return node;
    }

    private static JsonNode value(CedarValue value) {
        return switch (value) {
            case CedarValue.Bool bool -> NODES.booleanNode(bool.isTrue());
            case CedarValue.Int number -> NODES.numberNode(number.value());
            case CedarValue.Str text -> NODES.stringNode(text.value());
            case CedarValue.Set set -> {
                ArrayNode items = NODES.arrayNode();
                set.elements().forEach(item -> items.add(value(item)));
                yield items;
            }
            case Rec record -> record(record);
            case CedarValue.Decimal decimal ->
                extension("decimal", BigDecimal.valueOf(decimal.units(), 4).toPlainString());
            case CedarValue.Duration duration -> extension("duration", duration.millis() + "ms");
            case CedarValue.Datetime moment -> extension("datetime", text(moment.epochMillis()));
            case CedarValue.Entity _, CedarValue.Ip _ -> throw new AssertionError("no context holds this");
        };
    }

    /// Cedar reads a moment with all three digits of its milliseconds, or none.
    private static String text(long epochMillis) {
        String text = Instant.ofEpochMilli(epochMillis).toString();
        return text.contains(".") ? text : text.replace("Z", ".000Z");
    }

    private static ObjectNode extension(String function, String argument) {
        ObjectNode node = NODES.objectNode();
        node.putObject("__extn").put("fn", function).put("arg", argument);
        return node;
    }
}

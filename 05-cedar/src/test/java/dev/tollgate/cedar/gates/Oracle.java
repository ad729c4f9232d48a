// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import com.cedarpolicy.BasicAuthorizationEngine;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The official evaluator, asked with JSON through the same native entry that cedar-java uses. Its Java model is left
/// out: it cannot carry every value that the language has.
final class Oracle {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long STACK_BYTES = 64L << 20;

    private final Method call;

    Oracle() {
        try {
            Class.forName(BasicAuthorizationEngine.class.getName());
            call = BasicAuthorizationEngine.class.getDeclaredMethod("callCedarJNI", String.class, String.class);
            call.setAccessible(true);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("cedar-java has another native entry than 4.10", changed);
        }
    }

    /// What came of a request: ids only.
    record Result(String decision, Set<String> reason, Set<String> errors) {}

    /// A request in JSON, without policies and entities.
    record Asked(String principal, String action, String resource, String context) {}

    Result authorize(Map<String, String> policies, String entities, Asked asked) {
        ObjectNode request = JSON.createObjectNode();
        request.set("principal", JSON.readTree(asked.principal));
        request.set("action", JSON.readTree(asked.action));
        request.set("resource", JSON.readTree(asked.resource));
        request.set("context", JSON.readTree(asked.context));
        request.set("entities", JSON.readTree(entities));
        request.putNull("schema").put("validateRequest", false);
        ObjectNode set = request.putObject("policies");
        ObjectNode texts = set.putObject("staticPolicies");
        policies.forEach(texts::put);
        set.putObject("templates");
        set.putArray("templateLinks");
        JsonNode answer = JSON.readTree(asked(JSON.writeValueAsString(request)));
        if (!answer.path("type").stringValue("").equals("success")) {
            throw new AssertionError("cedar-java refuses what the fuzzer made: " + answer);
        }
        JsonNode response = answer.path("response");
        Set<String> reason = new TreeSet<>();
        response.path("diagnostics").path("reason").forEach(id -> reason.add(id.stringValue()));
        Set<String> errors = new TreeSet<>();
        response.path("diagnostics")
                .path("errors")
                .forEach(error -> errors.add(error.path("policyId").stringValue()));
        return new Result(response.path("decision").stringValue(), reason, errors);
    }

    private String asked(String request) {
        List<String> answer = new ArrayList<>();
        Thread thread = new Thread(null, () -> answer.add(invoke(request)), "oracle", STACK_BYTES);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer.getFirst();
    }

    private String invoke(String request) {
        try {
            return (String) call.invoke(null, "AuthorizationOperation", request);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("the native call failed", failed);
        }
    }
}

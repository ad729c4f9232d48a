// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntitiesJson;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.RequestJson;
import dev.tollgate.cedar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every operator with every pair of operands from the edges of their types, beside cedar-java: true, false or failed.
final class EdgeTableTest {
    private static final int BATCH = 500;
    /// Has no factor in common with 15 operators and methods nor 58 operands: no column is left out.
    private static final int SHORT_STEP = 7;

    private static final String ENTITIES = """
            [{"uid":{"type":"User","id":"a"},"attrs":{"n":1,
              "e":{"__entity":{"type":"User","id":"none"}},"r":{"x":{"y":2}}},
              "tags":{"t":"v","n":1},"parents":[{"type":"Group","id":"g"}]},
             {"uid":{"type":"Group","id":"g"},"attrs":{},"parents":[{"type":"NS::Group","id":"top"}]},
             {"uid":{"type":"NS::User","id":"a"},"attrs":{},"parents":[]}]""";
    private static final String CONTEXT = """
            {"n":1,"big":9223372036854775807,"s":"a","b":true,"r":{"x":{"y":2},"unmentioned":1},
             "ss":["a","b"],"nested":[[1],[2]],
             "e":{"__entity":{"type":"User","id":"a"}},"gone":{"__entity":{"type":"User","id":"none"}},
             "ip":{"__extn":{"fn":"ip","arg":"10.0.0.1/8"}},"dec":{"__extn":{"fn":"decimal","arg":"0.5"}},
             "at":{"__extn":{"fn":"datetime","arg":"1969-12-31T23:59:59.999Z"}},
             "span":{"__extn":{"fn":"duration","arg":"-1ms"}}}""";

    private final Oracle oracle = new Oracle();

    @Test
    void every_edge_expression_comes_out_as_in_cedar_java() {
        // Given
        List<String> expressions = chosen();

        // When
        List<String> differences = new ArrayList<>();
        for (int from = 0; from < expressions.size() && differences.isEmpty(); from += BATCH) {
            compare(expressions.subList(from, Math.min(from + BATCH, expressions.size())), differences);
        }

        // Then
        assertThat(differences).isEmpty();
        assertThat(expressions).hasSizeGreaterThan(20_000);
    }

    /// The whole table with `-Dtollgate.edges=all`; otherwise the core of it and every seventh of the bulk.
    private static List<String> chosen() {
        EdgeExpressions expressions = new EdgeExpressions();
        assertThat(expressions.all(1)).hasSizeGreaterThan(70_000);
        return expressions.all("all".equals(System.getProperty("tollgate.edges")) ? 1 : SHORT_STEP);
    }

    private void compare(List<String> expressions, List<String> differences) {
        StringBuilder text = new StringBuilder();
        expressions.forEach(one -> text.append("permit (principal, action, resource) when { ")
                .append(one)
                .append(" };\n"));
        Ours ours = Ours.compiled(text.toString());
        Entities entities = EntitiesJson.read(ENTITIES, Schema.EMPTY);
        Request request = RequestJson.read(
                "{\"principal\":{\"type\":\"User\",\"id\":\"a\"},\"action\":{\"type\":\"Action\",\"id\":\"read\"},"
                        + "\"resource\":{\"type\":\"NS::User\",\"id\":\"absent\"},\"context\":" + CONTEXT + "}",
                Schema.EMPTY);
        Oracle.Result mine = Ours.result(ours.policies().authorize(request, entities));
        Oracle.Result theirs = oracle.authorize(
                ours.sources(),
                ENTITIES,
                new Oracle.Asked(json(request.principal()), json(request.action()), json(request.resource()), CONTEXT));
        for (Map.Entry<String, String> policy : ours.sources().entrySet()) {
            String here = outcome(mine, policy.getKey());
            String there = outcome(theirs, policy.getKey());
            if (!here.equals(there)) {
                differences.add(policy.getValue() + ": ours " + here + ", cedar-java " + there);
            }
        }
    }

    private static String outcome(Oracle.Result result, String id) {
        return result.errors().contains(id) ? "failed" : result.reason().contains(id) ? "true" : "false";
    }

    private static String json(EntityUid uid) {
        return "{\"type\":\"" + uid.type() + "\",\"id\":\"" + uid.id() + "\"}";
    }
}

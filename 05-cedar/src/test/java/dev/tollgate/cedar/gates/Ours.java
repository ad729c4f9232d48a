// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.Compiler;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Our evaluator, put into the oracle's words.
record Ours(PolicySet policies, Map<String, String> sources) {
    private static final CedarFrontend FRONTEND = new CedarFrontend();

    static Ours compiled(String policies) {
        return switch (FRONTEND.parse(policies)) {
            case CedarFrontend.Parsed.Policies parsed -> new Ours(Compiler.compile(parsed.estJson()), parsed.sources());
            case CedarFrontend.Parsed.Rejected rejected ->
                throw new AssertionError(rejected.problems().toString());
        };
    }

    static Oracle.Result result(Answer answer) {
        return new Oracle.Result(
                answer.decision().name().toLowerCase(Locale.ROOT),
                new TreeSet<>(answer.determining()),
                answer.errors().stream().map(Answer.PolicyError::id).collect(Collectors.toCollection(TreeSet::new)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.catalog.yaml.Nearest;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.cedar.Compiler;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads `policies/*.cedar`: parsed and strictly validated by the official parser, compiled by ours. A warning is a
/// problem here: a policy that can never apply, or a name that only looks like another, is not what its author meant.
final class PolicyReader {
    /// Categories that a policy may give as its reason; the decision point knows each.
    static final List<String> CATEGORIES = List.of(
            "case",
            "customer",
            "destination",
            "evidence",
            "limit",
            "message",
            "owner",
            "policy",
            "region",
            "risk",
            "step",
            "flow",
            "request",
            "tenant",
            "workflow");

    private static final int RULE_ID_CHARS_MAX = 128;
    private static final CedarFrontend FRONTEND = new CedarFrontend();

    private final ProblemLog problems;
    private final StringBuilder joined = new StringBuilder();
    private final TreeMap<Integer, String> fileByFirstLine = new TreeMap<>();

    private PolicyReader(ProblemLog problems) {
        this.problems = problems;
    }

    /// Policies that were valid before.
    ///
    /// @param est what the official parser made of them then
    static Rules compiled(String est) {
        PolicySet policies = Compiler.compile(est);
        Map<String, Rules.Rule> named = new HashMap<>();
        for (String policy : policies.ids()) {
            SortedMap<String, String> annotations = policies.annotations(policy);
            named.put(
                    policy,
                    new Rules.Rule(
                            new dev.tollgate.terms.RuleId(annotations.getOrDefault("id", policy)),
                            Optional.ofNullable(annotations.get("category"))));
        }
        return new Rules(policies, est, named);
    }

    static Optional<Rules> read(ProblemLog problems, SortedMap<String, byte[]> files, Collection<Limit> limits) {
        return new PolicyReader(problems).read(files, CedarSchema.text(limits));
    }

    private Optional<Rules> read(SortedMap<String, byte[]> files, String schema) {
        int before = problems.size();
        files.forEach(this::file);
        if (problems.size() > before) {
            return Optional.empty();
        }
        return switch (FRONTEND.parse(joined.toString())) {
            case CedarFrontend.Parsed.Rejected rejected -> {
                report(rejected.problems());
                yield Optional.empty();
            }
            case CedarFrontend.Parsed.Policies parsed -> {
                CedarFrontend.Validated validated = FRONTEND.validate(joined.toString(), schema);
                report(validated.errors());
                report(validated.warnings());
                Rules rules = compiled(parsed.estJson());
                names(rules, parsed.sources());
                yield problems.size() > before ? Optional.empty() : Optional.of(rules);
            }
        };
    }

    /// Each file is parsed by itself first, so that a bracket that one leaves open is not reported in the next.
    private void file(String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int first = 1 + (int) joined.chars().filter(c -> c == '\n').count();
        fileByFirstLine.put(first, name);
        joined.append(text).append('\n');
        if (FRONTEND.parse(text) instanceof CedarFrontend.Parsed.Rejected rejected) {
            rejected.problems()
                    .forEach(problem -> problems.add(mark(name, problem.line(), problem.column()), problem.message()));
        }
    }

    private void report(List<dev.tollgate.cedar.frontend.Problem> found) {
        found.forEach(problem -> at(problem.line(), problem.column(), problem.message(), Optional.empty()));
    }

    private void at(int line, int column, String message, Optional<String> suggestion) {
        Map.Entry<Integer, String> file = fileByFirstLine.floorEntry(Math.max(1, line));
        Mark mark = file == null
                ? Mark.start("policies/")
                : mark(file.getValue(), Math.max(1, line) - file.getKey() + 1, column);
        problems.add(new Problem(mark, message, suggestion));
    }

    private static Mark mark(String file, int line, int column) {
        return new Mark(file, Math.max(1, line), Math.max(1, column));
    }

    /// Records name rules by `@id`: each policy has one, and no two the same.
    private void names(Rules rules, Map<String, String> sources) {
        Map<String, String> owners = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>(rules.policies().ids());
        for (String policy : ids) {
            String source = sources.getOrDefault(policy, "");
            Map<String, String> annotations = rules.policies().annotations(policy);
            String id = annotations.get("id");
            boolean named = id != null && id.length() <= RULE_ID_CHARS_MAX && id.matches("[a-z0-9]+([-_.][a-z0-9]+)*");
            if (!named) {
                name(source, "a policy needs an `@id` of lower-case words joined by `-`", Optional.empty());
            } else if (owners.putIfAbsent(id, policy) != null) {
                name(source, "two policies have the `@id` `" + id + "`", Optional.empty());
            }
            String category = annotations.get("category");
            if (category != null && !CATEGORIES.contains(category)) {
                name(source, "there is no `@category` `" + category + "`", Nearest.of(category, CATEGORIES));
            }
        }
    }

    private void name(String source, String message, Optional<String> suggestion) {
        int from = source.isEmpty() ? -1 : joined.lastIndexOf(source);
        int line = from < 0
                ? 1
                : 1
                        + (int) joined.substring(0, from)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
        at(line, 1, message, suggestion);
    }
}

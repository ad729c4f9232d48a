// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.cedar.Compiler;
import dev.tollgate.cedar.frontend.CedarFrontend;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Rules;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Draws policies that hang on views, classes and facts of rows, some of them able to fail, and rows to try
/// them on.
final class RandomPolicies {
    private static final CedarFrontend FRONTEND = new CedarFrontend();

    private static final List<String> ATOMS = List.of(
            "context.view == \"clear\"",
            "context.view != \"clear\"",
            "context.row has owner && context.row.owner == context.user.account",
            "context.row has owner && context.row.owner == \"usr_002\"",
            "context.row.owner == \"usr_001\"",
            "context.row has owner && [\"usr_001\", \"usr_002\"].contains(context.row.owner)",
            "context.row has region && context.row.region == \"eu\"",
            "context.row has region && (context.row.region == \"eu\" || context.row.region == \"us\")",
            "!(context.row has region && context.row.region == \"us\")",
            "context.row.region != \"us\"",
            "context.row has customer && context.row.customer == \"acc_7\"",
            "context.row has updated && context.row.updated >= datetime(\"2026-11-01\")",
            "context.row has updated && context.row.updated < datetime(\"2026-11-10T12:00:00Z\")",
            "context.row has age && context.row.age <= duration(\"20d\")",
            "context.row.age < duration(\"40d\")",
            "context.row has updated || context.row has region",
            "if context.row has owner then context.row.owner == \"usr_001\" else context.risk.level == \"low\"",
            "context.risk.level == \"low\"",
            "principal.tier <= 2",
            "resource.tier < 3",
            "context.row has owner && context.row has region && context.row.owner like \"usr_*\"");

    private static final List<String> RESOURCES = List.of(
            "resource",
            "resource",
            "resource in DataClass::\"record-identifier\"",
            "resource in DataClass::\"deal\"",
            "resource in DataClass::\"deal-value\"",
            "resource == Field::\"opportunity.stage\"",
            "resource == Field::\"opportunity.id\"",
            "resource in Object::\"opportunity\"");

    private RandomPolicies() {}

    /// Between 2 and 8 policies, one of which permits everything, so that forbids and conditions matter.
    static List<String> draw(RandomGenerator random) {
        List<String> policies = new ArrayList<>();
        if (random.nextInt(8) > 0) {
            policies.add("permit (principal, action, resource)" + condition(random, 2) + ";");
        }
        int more = random.nextInt(1, 6);
        for (int at = 0; at < more; at++) {
            policies.add(random.nextInt(3) == 0 ? forbid(random) : policy("permit", random));
        }
        return policies;
    }

    static String forbid(RandomGenerator random) {
        return policy("forbid", random);
    }

    private static String policy(String effect, RandomGenerator random) {
        String action = random.nextInt(3) == 0 ? "action in Action::\"reads\"" : "action";
        String resource = RESOURCES.get(random.nextInt(RESOURCES.size()));
        return effect + " (principal, " + action + ", " + resource + ")" + condition(random, 1) + ";";
    }

    /// No condition in one of `sparse` cases.
    private static String condition(RandomGenerator random, int sparse) {
        StringBuilder text = new StringBuilder();
        int clauses = random.nextInt(sparse) > 0 ? 0 : random.nextInt(1, 3);
        for (int at = 0; at < clauses; at++) {
            String joined = atom(random);
            if (random.nextInt(3) == 0) {
                joined = "(" + joined + ")" + (random.nextBoolean() ? " && (" : " || (") + atom(random) + ")";
            }
            text.append(random.nextInt(4) == 0 ? " unless { " : " when { ")
                    .append(joined)
                    .append(" }");
        }
        return text.toString();
    }

    private static String atom(RandomGenerator random) {
        return ATOMS.get(random.nextInt(ATOMS.size()));
    }

    /// A bundle that has these policies and nothing else changed.
    static Bundle bundle(Bundle base, List<String> policies) {
        String text = String.join("\n", policies);
        return switch (FRONTEND.parse(text)) {
            case CedarFrontend.Parsed.Rejected rejected -> throw new AssertionError(rejected.problems() + "\n" + text);
            case CedarFrontend.Parsed.Policies parsed -> with(base, parsed.estJson());
        };
    }

    private static Bundle with(Bundle base, String est) {
        var compiled = Compiler.compile(est);
        Map<String, Rules.Rule> named = new HashMap<>();
        compiled.ids().forEach(id -> named.put(id, new Rules.Rule(new RuleId(id), Optional.empty())));
        return new Bundle(
                base.version(),
                base.name(),
                base.label(),
                base.catalog(),
                new Rules(compiled, est, named),
                base.world(),
                base.workflows(),
                base.defaultWorkflow(),
                base.agents(),
                base.users(),
                base.zones(),
                base.endpoints(),
                base.destinations(),
                base.internalDomains(),
                base.messages(),
                base.limits(),
                base.budgets(),
                base.approvals(),
                base.flow(),
                base.risk(),
                base.verification(),
                base.residency());
    }

    /// Facts of one row; each may be absent.
    static Map<Fact, Value> row(RandomGenerator random) {
        Map<Fact, Value> facts = new EnumMap<>(Fact.class);
        some(random, "usr_001", "usr_002", "usr_003").ifPresent(owner -> facts.put(Fact.OWNER, owner));
        facts.put(Fact.TENANT, Value.of(random.nextInt(8) == 0 ? "globex" : "acme"));
        some(random, "eu", "us", "apac").ifPresent(region -> facts.put(Fact.REGION, region));
        some(random, "acc_7", "acc_8").ifPresent(customer -> facts.put(Fact.CUSTOMER, customer));
        if (random.nextInt(5) > 0) {
            Duration age = Duration.ofMinutes(random.nextInt(60 * 24 * 95));
            facts.put(Fact.UPDATED, new Value.Moment(Asking.NOW.minus(age)));
        }
        return facts;
    }

    private static Optional<Value> some(RandomGenerator random, String... names) {
        int at = random.nextInt(names.length + 1);
        return at == names.length ? Optional.empty() : Optional.of(Value.of(names[at]));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.Needles;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.scenarios.matrix.Canaries.Planted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Asks for every canary in every role and compares the wire with the oracle.
final class Matrix {
    /// Longer than the ten minutes in which denied calls count.
    private static final Duration CLEAN_SHEET = Duration.ofMinutes(16);

    /// Fewer denied calls than any level of risk that policy minds.
    private static final int DENIED_MAX = 4;

    private final BundleText bundle;
    private final Oracle oracle;
    private final Canaries canaries;
    private final Needles needles;
    private final GatewayUnderTest gateway;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private int denied;

    /// What the matrix saw.
    ///
    /// @param problems one line a cell in which wire and oracle disagree
    record Found(List<String> problems, int clear, int masked, int withheld) {}

    /// One call of the matrix.
    private record Turn(
            Oracle.Asker who,
            BundleText.Tool tool,
            Planted record,
            List<BundleText.Field> fields,
            Map<String, String> views) {
        String words() {
            return who.agent().id() + " for " + who.user().id() + " in "
                    + who.workflow().id() + ", " + tool.name() + " of the "
                    + record.kind() + " record";
        }
    }

    Matrix(BundleText bundle, Oracle oracle, Canaries canaries, GatewayUnderTest gateway) {
        this.bundle = bundle;
        this.oracle = oracle;
        this.canaries = canaries;
        this.needles = canaries.needles();
        this.gateway = gateway;
    }

    /// Shows articles that apply to the case of its task alone, and askers here have none: `KnowledgeTest` has them.
    private static final String OF_A_CASE = "answer-case";

    /// Asks as everybody that `roles` takes, by the tools that `by` takes.
    Found run(Predicate<Oracle.Asker> roles, Predicate<BundleText.Tool> by) {
        for (Oracle.Asker who : askers().stream().filter(roles).toList()) {
            for (BundleText.Tool tool :
                    bundle.tools().values().stream().filter(by).toList()) {
                boolean reads =
                        tool.kind().equals("get") || (who.known() && tool.kind().equals("search"));
                boolean ofCase =
                        who.workflow().id().equals(OF_A_CASE) && tool.object().equals("article");
                if (reads && !ofCase) {
                    canaries.of(tool.object()).stream()
                            .limit(who.known() ? Long.MAX_VALUE : 1)
                            .forEach(record -> ask(who.about(record.bound()), tool, record));
                }
            }
        }
        return new Found(
                problems,
                seen.getOrDefault("clear", 0),
                seen.getOrDefault("masked", 0),
                seen.getOrDefault("withheld", 0));
    }

    private static Ask.Token token(Oracle.Asker who) {
        Ask.Token token = Ask.as(
                        who.agent().id(), who.user().id(), who.workflow().id())
                .with("crm:*:read", "crm:*:summarize", "crm:*:export", "tryton:*:read");
        String step = who.workflow().step();
        Ask.Token stepped = step.isEmpty() ? token : token.at(step);
        return who.customer().map(stepped::about).orElse(stepped);
    }

    /// Every agent for every person in every workflow. Where the bundle knows no such role, nothing may be seen.
    private List<Oracle.Asker> askers() {
        List<Oracle.Asker> askers = new ArrayList<>();
        for (BundleText.Agent agent : bundle.agents().values()) {
            for (BundleText.User user : bundle.users().values()) {
                for (BundleText.Workflow workflow : bundle.workflows().values()) {
                    askers.add(new Oracle.Asker(agent, user, workflow, Optional.empty()));
                }
            }
        }
        return askers;
    }

    /// Fields whose existence is told are asked for in one call; one that policy may conceal in a call of its own,
    /// because naming it may refuse the whole call.
    private void ask(Oracle.Asker who, BundleText.Tool tool, Planted record) {
        List<BundleText.Field> fields = bundle.fields().getOrDefault(tool.object(), List.of());
        List<BundleText.Field> told =
                fields.stream().filter(field -> !field.conceal()).toList();
        if (denied + 1 + fields.size() - told.size() > DENIED_MAX) {
            // Denied calls make an agent look risky, and risk takes fields away.
            gateway.clock().advance(CLEAN_SHEET);
            denied = 0;
        }
        try (WireClient agent = gateway.agent(token(who))) {
            Map<String, String> views = views(who, tool, record);
            call(agent, new Turn(who, tool, record, told, views));
            fields.stream()
                    .filter(BundleText.Field::conceal)
                    .forEach(field -> call(agent, new Turn(who, tool, record, List.of(field), views)));
        }
    }

    private void call(WireClient agent, Turn turn) {
        Map<String, String> expected = expected(turn);
        WireClient.Reply reply = agent.call(turn.tool().name(), arguments(turn));
        Set<String> allowed = new TreeSet<>();
        expected.forEach((field, view) -> {
            seen.merge(view, 1, Integer::sum);
            String token = turn.record().tokens().get(field);
            if (view.equals("clear") && token != null) {
                allowed.add(token);
            }
        });
        wire(turn, reply, allowed);
        denied += reply.passed() || !turn.who().known() ? 0 : 1;
        boolean some = expected.values().stream().anyMatch(view -> !view.equals("withheld"));
        if (some) {
            cells(turn, reply, expected);
        } else if (reply.structured().path("records").size() > 0) {
            problems.add(turn.words() + ": a record came back that nobody may see");
        }
    }

    /// What the oracle says of each field of the record.
    private Map<String, String> views(Oracle.Asker who, BundleText.Tool tool, Planted record) {
        Instant now = gateway.clock().instant();
        Map<String, String> views = new TreeMap<>();
        for (BundleText.Field field : bundle.fields().getOrDefault(tool.object(), List.of())) {
            views.put(field.name(), oracle.view(who, tool, field, record.facts(), now));
        }
        return views;
    }

    /// What this call must show of each field; a record whose id is withheld is not shown at all.
    private Map<String, String> expected(Turn turn) {
        String idField = bundle.ids().getOrDefault(turn.tool().object(), "");
        boolean hidden = "withheld".equals(turn.views().get(idField));
        Map<String, String> expected = new LinkedHashMap<>();
        for (BundleText.Field field : turn.fields()) {
            boolean nothing = hidden || refusedWhole(turn, field);
            expected.put(field.name(), nothing ? "withheld" : turn.views().getOrDefault(field.name(), "withheld"));
        }
        return expected;
    }

    /// A search is by id, and a condition is a read: the id must be clear.
    private boolean refusedWhole(Turn turn, BundleText.Field field) {
        String idField = bundle.ids().getOrDefault(turn.tool().object(), "");
        boolean probed = turn.tool().kind().equals("search")
                && !"clear".equals(turn.views().get(idField));
        boolean concealed = field.conceal() && "withheld".equals(turn.views().get(field.name()));
        return probed || concealed;
    }

    private String arguments(Turn turn) {
        String fields = turn.fields().stream()
                .map(field -> '"' + field.name() + '"')
                .collect(Collectors.joining(",", "[", "]"));
        String id = turn.record().id();
        if (turn.tool().kind().equals("get")) {
            return "{\"id\":\"" + id + "\",\"fields\":" + fields + "}";
        }
        String idField = bundle.ids().getOrDefault(turn.tool().object(), "");
        return "{\"where\":[{\"field\":\"" + idField + "\",\"comparison\":\"equals\",\"value\":\"" + id
                + "\"}],\"fields\":" + fields + "}";
    }

    /// No byte of the answer, headers included, holds a value that this call must not show.
    private void wire(Turn turn, WireClient.Reply reply, Set<String> allowed) {
        String wire = reply.wire();
        String elsewhere = wire;
        for (String token : allowed) {
            elsewhere = elsewhere.replace(token, "");
            boolean both = reply.text().contains(token) && wire.indexOf(token) != wire.lastIndexOf(token);
            if (!both) {
                problems.add(turn.words() + ": a permitted value is missing");
            }
        }
        for (String needle : needles.in(elsewhere)) {
            problems.add(turn.words() + ": leaked " + whose(turn, needle));
        }
    }

    private static String whose(Turn turn, String needle) {
        return turn.record().tokens().entrySet().stream()
                .filter(cell -> cell.getValue().contains(needle))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", ", "", " (or another record's)"));
    }

    private void cells(Turn turn, WireClient.Reply reply, Map<String, String> expected) {
        JsonNode record = reply.structured().path("records").path(0);
        if (reply.structured().path("records").size() != 1) {
            problems.add(turn.words() + ": one record expected, got " + brief(reply));
            return;
        }
        expected.forEach((field, view) -> {
            String shown = record.path("tags").path(field).path("view").asString("none");
            if (!shown.equals(view)) {
                problems.add(turn.words() + ": `" + field + "` is " + shown + ", policy says " + view);
            }
            boolean named =
                    record.path("tags").path(field).path("rule").asString("").isEmpty();
            if (named) {
                problems.add(turn.words() + ": `" + field + "` has no rule id");
            }
        });
        if (reply.structured().path("decision").path("policy").asString("").isEmpty()) {
            problems.add(turn.words() + ": the answer names no policy version");
        }
    }

    private static String brief(WireClient.Reply reply) {
        String text = reply.exchange().text();
        return text.substring(0, Math.min(300, text.length()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that policy lets do everything tries to write every field of every object: what it may not write, the
/// contract and the walls keep, not the narrowness of somebody's policy.
class FieldWritersTest {
    private static final Set<WriteClass> AGENTS =
            EnumSet.of(WriteClass.DERIVED, WriteClass.DRAFT, WriteClass.OPERATIONAL);

    private final GatewayUnderTest gateway;
    private final Store store;
    private final Contract contract;
    private final DemoRows rows;
    private int sessions;

    FieldWritersTest(@TempDir Path folder) throws IOException {
        BundleFolder bundle = OpenBundle.at(folder.resolve("bundle"));
        contract = ((Checked.Sound<ContractLoader.Loaded>) new ContractLoader().load(bundle.path()))
                .value()
                .contracts()
                .getFirst();
        Path data = folder.resolve("data");
        MovingClock clock = new MovingClock();
        GatewayUnderTest.seed(data, clock, _ -> {});
        gateway = GatewayUnderTest.start(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle), clock);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        rows = new DemoRows(store, contract);
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    /// A session of its own each time: trying a hundred things in one is a loop.
    private WireClient agent() {
        sessions++;
        Ask.Token token = Ask.as("analyst", "erin", OpenBundle.EVERYTHING)
                .with("crm:*:read", "crm:*:write", "crm:*:create", "crm:*:reconcile");
        return gateway.agent(new Ask.Token(
                token.agent(),
                token.user(),
                token.workflow(),
                "",
                token.scopes(),
                "task-" + sessions,
                "session-" + sessions,
                token.life()));
    }

    private List<ToolType> tools(ObjectType object, ToolType.Kind kind) {
        return contract.tools().stream()
                .filter(tool -> tool.object().equals(object.name()) && tool.kind() == kind)
                .toList();
    }

    /// A value that the field could hold and does not, as JSON.
    private String other(FieldType field, Map<String, String> row) {
        if (field.name().equals("invoice_id")) {
            return "\"" + rows.otherInvoice(row.getOrDefault("invoice_id", "")) + "\"";
        }
        if (!field.picklist().isEmpty()) {
            return "\""
                    + field.picklist().stream()
                            .filter(word -> !word.equals(row.getOrDefault(field.name(), "")))
                            .findFirst()
                            .orElseThrow()
                    + "\"";
        }
        return switch (field.type()) {
            case TEXT -> "\"tried by an agent\"";
            case REFERENCE -> "\"acc_000002\"";
            case INTEGER -> row.getOrDefault(field.name(), "").equals("7") ? "8" : "7";
            case DECIMAL -> "12.5";
            case BOOLEAN -> row.getOrDefault(field.name(), "").equals("1") ? "false" : "true";
            case DATE -> "\"2026-01-02\"";
            case MOMENT -> "\"2026-01-02T03:04:05Z\"";
            case LIST -> "[\"tried by an agent\"]";
        };
    }

    @Test
    @Requirement({"S4-12", "S4-15", "S4-13", "S4-31"})
    void of_every_field_of_every_object_only_derived_draft_and_operational_ones_are_written() {
        // Given
        Set<String> written = new TreeSet<>();
        Set<String> wanted = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        int tried = 0;

        // When
        for (ObjectType object : contract.objects()) {
            for (ToolType tool : tools(object, ToolType.Kind.UPDATE)) {
                String id = rows.newest(object.name());
                for (FieldType field : object.fields()) {
                    String path = object.name() + "." + field.name();
                    if (AGENTS.contains(field.writeClass()) && tool.accepts().contains(field.name())) {
                        wanted.add(path);
                    }
                    Map<String, String> before = rows.row(object.name(), id);
                    try (WireClient agent = agent()) {
                        WireClient.Reply reply = agent.call(
                                tool.name().value(),
                                "{\"id\":\"" + id + "\",\"values\":{\"" + field.name() + "\":" + other(field, before)
                                        + "}}");
                        tried++;
                        judge(path, field, before, rows.row(object.name(), id), reply, written, wrong);
                    }
                }
            }
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(written).isEqualTo(wanted).hasSizeGreaterThan(25);
        assertThat(tried).as("fields tried").isGreaterThan(130);
    }

    private static void judge(
            String path,
            FieldType field,
            Map<String, String> before,
            Map<String, String> after,
            WireClient.Reply reply,
            Set<String> written,
            List<String> wrong) {
        Set<String> changed = new TreeSet<>();
        after.forEach((name, value) -> {
            if (!value.equals(before.get(name)) && !name.equals("updated_at")) {
                changed.add(name);
            }
        });
        if (!changed.isEmpty() && !changed.equals(Set.of(field.name()))) {
            wrong.add(path + " changed " + changed);
        }
        if (reply.passed() != changed.contains(field.name())) {
            wrong.add(path + " answered " + reply.text() + " and changed " + changed);
        }
        if (reply.passed()) {
            written.add(path);
        } else if (reply.message()
                        .at("/result/_meta/dev.tollgate~1refusal/code")
                        .isMissingNode()
                && reply.errorCode() == 0) {
            wrong.add(path + " was refused without a code: " + reply.wire());
        }
    }

    @Test
    @Requirement({"S4-12", "S4-15"})
    void a_record_that_an_agent_makes_has_only_what_agents_may_write() {
        // Given
        List<String> wrong = new ArrayList<>();
        List<String> made = new ArrayList<>();

        // When
        for (ObjectType object : contract.objects()) {
            for (ToolType tool : tools(object, ToolType.Kind.CREATE)) {
                for (FieldType field : object.fields()) {
                    long before = rows.count(object.name());
                    try (WireClient agent = agent()) {
                        WireClient.Reply reply =
                                agent.call(tool.name().value(), "{\"values\":" + with(tool, object, field) + "}");
                        boolean grew = rows.count(object.name()) == before + 1;
                        // A tool that requires what people answer for waits for them, whatever else it is given.
                        boolean may = AGENTS.contains(field.writeClass())
                                && tool.accepts().contains(field.name())
                                && tool.required().stream()
                                        .allMatch(name -> AGENTS.contains(
                                                object.field(name).orElseThrow().writeClass()));
                        if (reply.passed() != may || grew != may) {
                            wrong.add(object.name() + "." + field.name() + " " + grew + " " + reply.text());
                        }
                        if (grew) {
                            made.add(field.name());
                        }
                    }
                }
            }
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(made).hasSizeGreaterThan(5);
    }

    /// What the tool requires, and the field besides.
    private String with(ToolType tool, ObjectType object, FieldType field) {
        Map<String, String> order = rows.row("order", rows.newest("order"));
        Map<String, String> values = new TreeMap<>();
        for (String required : tool.required()) {
            values.put(required, given(object, required, order));
        }
        values.put(field.name(), given(object, field.name(), order));
        StringBuilder text = new StringBuilder("{");
        values.forEach((name, value) -> text.append(text.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return text.append('}').toString();
    }

    private String given(ObjectType object, String field, Map<String, String> order) {
        return switch (field) {
            case "account_id" -> "\"" + order.getOrDefault("account_id", "") + "\"";
            case "contact_id" -> "\"" + order.getOrDefault("contact_id", "") + "\"";
            case "order_id" -> "\"" + order.getOrDefault("id", "") + "\"";
            case "currency" -> "\"" + order.getOrDefault("currency", "") + "\"";
            default -> other(object.field(field).orElseThrow(), Map.of());
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.auditors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditVerify;
import dev.tollgate.merkle.LogOptions;
import dev.tollgate.merkle.TransparencyLog;
import dev.tollgate.merkle.verify.Trust;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An operator who holds every key and wants another past than the one that real calls left.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperTest {
    private static final String ORIGIN = "tollgate.local/log";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final Path witness;
    private List<String> entries = List.of();

    TamperTest(@TempDir Path folder) {
        data = folder.resolve("data");
        witness = folder.resolve("witnessed-checkpoint");
    }

    @BeforeAll
    void makeCalls() throws IOException {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(data);
                WireClient sales = gateway.agent(
                        Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"))) {
            sales.call("account_get", "{\"id\":\"acc_000001\",\"fields\":[\"name\",\"vat_number\"]}");
            sales.call("contact_get", "{\"id\":\"con_000001\"}");
            sales.call("account_count", "{}");
            sales.call("request_authorization", "{\"tool\":\"account_get\",\"arguments\":{\"id\":\"acc_000002\"}}");
        }
        Files.copy(data.resolve("log").resolve("checkpoint"), witness);
        entries = new LogEntries(data.resolve("log")).texts();
        assertThat(entries).hasSizeGreaterThanOrEqualTo(9);
    }

    /// The same deployment with a log of other entries, signed with its own key.
    private Path rewritten(List<String> other) throws IOException {
        Path target = Files.createTempDirectory(data.getParent(), "rewritten");
        LogOptions options = new LogOptions(1 << 20, Duration.ZERO, Duration.ofMinutes(1), List.of());
        SigningKeys keys = new SigningKeys(data.resolve("keys"), CryptoProviders.best());
        try (TransparencyLog forged = TransparencyLog.open(
                target, keys.openOrCreate(SigningKeys.Purpose.LOG), ORIGIN, InstantSource.system(), options)) {
            other.forEach(entry -> forged.append(entry.getBytes(StandardCharsets.UTF_8)));
            assertThat(forged.publish().note()).isNotEmpty();
        }
        return target;
    }

    /// What `tollgate audit verify` does, without a process for each of hundreds of changes.
    private boolean found(Path log) throws IOException {
        SigningKeys keys = new SigningKeys(data.resolve("keys"), CryptoProviders.best());
        Trust trust = new Trust(
                ORIGIN, List.of(keys.openOrCreate(SigningKeys.Purpose.LOG).verifyingKey()));
        return !AuditVerify.verify(log, trust, List.of(Files.readString(witness)), Optional.empty())
                .sound();
    }

    /// `tollgate audit verify` of this deployment with that log in place of its own.
    private Commands.Result verified(Path log) throws IOException {
        Path own = data.resolve("log");
        Path kept = data.resolve("log-kept");
        Files.move(own, kept);
        Files.move(log, own);
        try {
            return new Commands(data).run("audit", "verify", "--witness", witness.toString());
        } finally {
            Files.move(own, log);
            Files.move(kept, own);
        }
    }

    @Test
    @Requirement("B-9")
    void a_log_that_nobody_touched_is_sound_and_written_again_it_is_the_same() throws IOException {
        Commands.Result own = new Commands(data).run("audit", "verify", "--witness", witness.toString());
        assertThat(own.code()).as(own.out()).isZero();
        assertThat(own.out()).startsWith("sound: " + entries.size() + " entries");
        assertThat(found(rewritten(entries))).isFalse();
    }

    @Test
    @Requirement("B-9")
    void each_field_of_each_entry_that_is_changed_in_turn_is_found() throws IOException {
        List<String> missed = new ArrayList<>();
        int changes = 0;
        for (int at = 0; at < entries.size(); at++) {
            for (String changed : changes(entries.get(at))) {
                List<String> other = new ArrayList<>(entries);
                other.set(at, changed);
                changes++;
                if (!found(rewritten(other))) {
                    missed.add(at + ": " + changed);
                }
            }
        }
        assertThat(missed).isEmpty();
        assertThat(changes).isGreaterThan(200);
    }

    /// The entry with each of its leaves changed in turn.
    private static List<String> changes(String entry) {
        List<String> paths = new ArrayList<>();
        leaves("", JSON.readTree(entry), paths);
        List<String> changed = new ArrayList<>();
        for (String path : paths) {
            JsonNode copy = JSON.readTree(entry);
            int name = path.lastIndexOf('/');
            JsonNode parent = copy.at(path.substring(0, name));
            String last = path.substring(name + 1).replace("~1", "/").replace("~0", "~");
            JsonNode leaf = copy.at(path);
            if (parent instanceof ObjectNode object) {
                object.set(last, other(leaf));
            } else if (parent instanceof ArrayNode array) {
                array.set(Integer.parseInt(last), other(leaf));
            }
            changed.add(copy.toString());
        }
        return changed;
    }

    private static JsonNode other(JsonNode leaf) {
        return JSON.readTree(
                leaf.isNumber()
                        ? Long.toString(leaf.asLong(0) + 1)
                        : leaf.isBoolean() ? Boolean.toString(!leaf.asBoolean(false)) : "\"eve\"");
    }

    private static void leaves(String at, JsonNode node, List<String> paths) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                leaves(at + "/" + member.getKey().replace("~", "~0").replace("/", "~1"), member.getValue(), paths);
            }
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                leaves(at + "/" + index, node.get(index), paths);
            }
        } else {
            paths.add(at);
        }
    }

    @Test
    @Requirement("B-9")
    void dropping_the_last_entries_is_found_however_many() throws IOException {
        for (int dropped = 1; dropped <= entries.size(); dropped++) {
            assertThat(found(rewritten(entries.subList(0, entries.size() - dropped))))
                    .as("the last " + dropped)
                    .isTrue();
        }
        Commands.Result shorter = verified(rewritten(entries.subList(0, entries.size() - 1)));
        assertThat(shorter.code()).isEqualTo(1);
        assertThat(shorter.out()).contains("NOT SOUND");
    }

    @Test
    @Requirement("B-9")
    void entries_in_another_order_are_found() throws IOException {
        for (int at = 1; at < entries.size(); at++) {
            List<String> reordered = new ArrayList<>(entries);
            Collections.swap(reordered, at - 1, at);
            assertThat(found(rewritten(reordered))).as("swapped at " + at).isTrue();
        }
    }

    @Test
    @Requirement("B-9")
    void a_fork_and_a_past_rewritten_from_the_start_are_found_and_told() throws IOException {
        // Given
        List<String> fork = new ArrayList<>(entries.subList(0, entries.size() - 2));
        fork.addAll(entries.subList(2, 6));
        List<String> past = entries.stream()
                .map(entry -> entry.replace("sales-copilot", "some-copilot"))
                .toList();

        // When
        Commands.Result forked = verified(rewritten(fork));
        Commands.Result rewritten = verified(rewritten(past));

        // Then
        assertThat(Stream.of(forked, rewritten)).allMatch(result -> result.code() == 1);
        assertThat(Stream.of(forked, rewritten)).allMatch(result -> result.out().contains("NOT SOUND"));
    }
}

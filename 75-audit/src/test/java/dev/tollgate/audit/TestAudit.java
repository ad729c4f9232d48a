// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.merkle.LogOptions;
import dev.tollgate.merkle.TransparencyLog;
import dev.tollgate.merkle.verify.Trust;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TokenId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Property;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// A whole audit log in a folder, with a clock that a test sets, and the entries of a small story.
final class TestAudit implements AutoCloseable {
    static final String ORIGIN = "tollgate.test/audit";
    static final String NAME = "log-of-this-node";
    static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    static final PolicyVersion POLICY = new PolicyVersion("sha256:" + "ab".repeat(32));
    static final SystemId DEMO = new SystemId("demo");

    final AtomicReference<Instant> now = new AtomicReference<>(START);
    final TransparencyLog log;
    final Store store;
    final Vault vault;
    final AuditIndex index;
    final MerkleAuditLog audit;
    final AuditQuestions questions;

    TestAudit(Path folder, SigningKey key) throws IOException {
        this(folder, key, Stores.open(StoreConfig.sqlite(folder.resolve("store.db"))));
    }

    TestAudit(Path folder, SigningKey key, Store store) throws IOException {
        this(folder, key, store, NAME);
    }

    TestAudit(Path folder, SigningKey key, Store store, String name) throws IOException {
        LogOptions options = new LogOptions(1 << 20, Duration.ZERO, Duration.ofMinutes(1), List.of());
        this.log = TransparencyLog.open(folder.resolve("log"), key, ORIGIN, now::get, options);
        this.store = store;
        LogNumber number = LogNumber.register(store, name);
        this.vault = Vault.of(store, now::get, number);
        this.index = new AuditIndex(log, store, number);
        this.audit = new MerkleAuditLog(log, vault, now::get, Property.random(7), index::recorded);
        this.questions = new AuditQuestions(store, name, vault, at -> Optional.of(log.entry(at)));
    }

    @Override
    public void close() {
        index.close();
        log.close();
        store.close();
    }

    static SigningKey key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            return new SigningKey("log-test", generator.generateKeyPair(), generator.getProvider());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static Trust trust(SigningKey key) {
        return new Trust(ORIGIN, List.of(key.verifyingKey()));
    }

    long record(AuditEntry entry) {
        return switch (audit.record(entry)) {
            case Step.Passed<AuditLog.Recorded> passed -> passed.state().logIndex();
            case Step.Refused<AuditLog.Recorded> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    /// A call that reads one contact and is answered; returns the index of the outcome.
    long answered(String request, String agent, String user, String contact, Map<String, View> views) {
        long decision = record(decision(request, agent, user, contact, "permit"));
        return record(outcome(request, decision, contact, views));
    }

    static Personal.Subject contact(String id) {
        return Personal.Subject.record(DEMO, "contact", new RecordId(id));
    }

    static AuditEntry.Decision decision(String request, String agent, String user, String contact, String outcome) {
        Value arguments = new Value.Fields(Map.of("record", Value.of(contact)));
        return new AuditEntry.Decision(
                caller(agent, user),
                call(request),
                ruling("d-" + request, outcome),
                Optional.of(new Risk(
                        "low", 5, List.of(new Risk.Signal("denied-calls", 5, "1 of 12 calls in 10 min were denied")))),
                Optional.of(new Flow(List.of("contact-detail", "direct-identifier"), "third-party", List.of("demo"))),
                Optional.empty(),
                List.of(Personal.call(Optional.of(contact(contact)), arguments), Personal.customer("customer-7")));
    }

    static Caller caller(String agent, String user) {
        return new Caller(
                agent,
                "sales-copilot",
                2,
                "sales",
                user,
                "acme",
                List.of("account-executive"),
                List.of("emea"),
                "session-1",
                "task-1",
                Optional.of("call-preparation"),
                Optional.empty(),
                Optional.of("prepare-sales-call"),
                List.of("crm:contact:read"),
                List.of(agent));
    }

    static Operation.Target target() {
        return new Operation.Target(DEMO, "contact", new ToolName("contact_get"), Verb.READ, Operation.Target.AGENT);
    }

    static Call call(String request) {
        return new Call(
                new RequestId(request),
                START,
                "mcp",
                target(),
                List.of("crm:contact:read"),
                List.of("name", "email", "phone"),
                List.of(),
                List.of("direct-identifier"),
                new Call.Model(
                        Optional.of("model-5"), Optional.of("sha256:" + "01".repeat(32)), Optional.of("sha256:02")),
                Optional.of("4bf92f3577b34da6a3ce929d0e0e4736"),
                Optional.of("case-12"));
    }

    static Ruling ruling(String decision, String outcome) {
        return new Ruling(
                decision,
                POLICY,
                outcome,
                outcome.equals("permit") ? "permitted" : "out-of-class",
                List.of(new RuleId("sales-prep-contact")),
                List.of(
                        verdict("name", View.CLEAR, "sales-prep-contact", "permitted"),
                        verdict("email", View.MASKED, "sales-prep-contact", "permitted"),
                        verdict("phone", View.WITHHELD, "default-deny", "default-deny")),
                List.of(new RowRule(Fact.OWNER, Comparison.EQUALS, Value.of("user-17"))),
                Optional.of("approval-3"));
    }

    private static Ruling.Verdict verdict(String field, View view, String rule, String reason) {
        return new Ruling.Verdict(field, "direct-identifier", view, view, List.of(new RuleId(rule)), reason);
    }

    static AuditEntry.Outcome outcome(String request, long decision, String contact, Map<String, View> views) {
        Returned.Counter counter = new Returned.Counter();
        counter.row(views);
        return new AuditEntry.Outcome(
                new RequestId(request),
                decision,
                Optional.empty(),
                Optional.of(token("t-" + request)),
                counter.returned(0, 0, Returned.Findings.NONE, java.util.Collections.emptySortedMap(), List.of()),
                List.of(),
                new TreeMap<>(Map.of("decide", 41L, "execute", 1_200L)),
                List.of(
                        Personal.row(0, contact(contact), views, Map.of(), Map.of()),
                        Personal.answer(Optional.of(contact(contact)), Digest.of(new byte[] {1}))));
    }

    static Token token(String id) {
        return new Token(
                new TokenId(id),
                START,
                START.plusSeconds(60),
                target(),
                new TreeMap<>(Map.of("name", View.CLEAR, "email", View.MASKED)),
                Optional.empty(),
                POLICY,
                false,
                Optional.of(START.plusMillis(3)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditQuestions;
import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.AuditVerify;
import dev.tollgate.audit.Vault;
import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.contracts.ContractDrafts;
import dev.tollgate.catalog.contracts.ToolDrafts;
import dev.tollgate.cli.CommandFailure;
import dev.tollgate.cli.Workbench;
import dev.tollgate.console.access.AccessBook;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.governance.oversight.Stops;
import dev.tollgate.identity.proof.LocalIdentity;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.request.ToolEffect;
import dev.tollgate.merkle.verify.EntryFiles;
import dev.tollgate.merkle.verify.Trust;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Workload;
import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.SealedSecrets;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rooms of a deployment for operators' commands, beside a gateway that may be running.
final class HouseWorkbench implements Workbench {
    private final Foundations base;
    private final Vault vault;

    HouseWorkbench(Foundations base) {
        this.base = base;
        this.vault = Vault.beside(base.store(), base.clock());
        base.retrievals().note(base.store());
    }

    @Override
    public Bundles bundles() {
        return base.bundles();
    }

    @Override
    public AuditQuestions questions() {
        EntryFiles files = new EntryFiles(AuditRoom.folder(base.configuration()));
        return new AuditQuestions(
                base.store(), LogName.read(base.configuration()).orElse(""), vault, index -> read(files, index));
    }

    static Optional<byte[]> read(EntryFiles files, long index) {
        try {
            return files.entry(index);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the log's folder cannot be read", unreadable);
        }
    }

    @Override
    public AuditReport verify(List<String> witnessed) {
        Trust trust = new Trust(
                base.configuration().log().origin(), List.of(base.keys().log().verifyingKey()));
        try {
            return AuditVerify.verify(AuditRoom.folder(base.configuration()), trust, witnessed, Optional.of(vault));
        } catch (IOException unreadable) {
            throw new CommandFailure("the log's folder cannot be read");
        }
    }

    @Override
    public int erase(String subject, String by, String reference) {
        return vault.erase(
                Optional.empty(),
                subject,
                (session, erased) -> Notes.add(
                        session,
                        new Note(
                                Note.Event.VALUES_ERASED,
                                by,
                                base.clock().instant(),
                                Map.of("values", Integer.toString(erased), "reference", reference))));
    }

    @Override
    public Optional<String> enrol(String user) {
        return ConsoleRoom.enrol(base, user);
    }

    @Override
    public String draft(String system) {
        try {
            return switch (Systems.metadata(base, system)) {
                case Step.Passed<Metadata> found -> drafted(found.state());
                case Step.Refused<Metadata> refused ->
                    throw new CommandFailure(refused.why().explain());
            };
        } catch (ConfigurationFile.InvalidConfiguration wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        }
    }

    private static String drafted(Metadata metadata) {
        if (!metadata.connector().equals("mcp")) {
            return ContractDrafts.draft(metadata);
        }
        return ToolDrafts.draft(metadata, ToolEffect::of, new Inspector()::orders);
    }

    @Override
    public RollbackDesk rollbacks() {
        return Rollbacks.desk(base);
    }

    @Override
    public People people() {
        ExceptionQueue exceptions = Exceptions.queue(base);
        Approvals approvals = Governance.approvals(base, exceptions);
        return new People(exceptions, approvals, new Stops(Governance.halts(base), approvals, base.bundles()));
    }

    @Override
    public AccessBook access() {
        return AccessBooks.of(base);
    }

    @Override
    public SealedSecrets secrets() {
        return SecretRoom.sealed(base.configuration());
    }

    @Override
    public KeyHome keys() {
        return base.keys().home();
    }

    @Override
    public void keysChanged(String by, String step, String key) {
        Note note = new Note(Note.Event.KEY_ROTATED, by, base.clock().instant(), Map.of("step", step, "key", key));
        base.store().write(session -> {
            Notes.add(session, note);
            return 0;
        });
    }

    @Override
    public Optional<String> agentProof(String agent) {
        return active().flatMap(bundle -> Optional.ofNullable(bundle.agents().get(new AgentId(agent))))
                .flatMap(AgentRecord::workload)
                .filter(workload -> workload.attestation() == Workload.Attestation.LOCAL)
                .map(workload -> local().workload(workload.id()));
    }

    @Override
    public Optional<String> personProof(String user) {
        UserId id = new UserId(user);
        return active().filter(bundle -> bundle.users().containsKey(id)).map(_ -> local().person(id));
    }

    private Optional<Bundle> active() {
        return base.bundles().active() instanceof Step.Passed<DecisionPoint> passed
                ? Optional.of(passed.state().bundle())
                : Optional.empty();
    }

    private LocalIdentity local() {
        return new LocalIdentity(base.keys().identity(), base.clock(), base.random());
    }

    @Override
    public void close() {
        base.close();
    }
}

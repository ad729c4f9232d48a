// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.audit.AuditQuestions;
import dev.tollgate.audit.AuditReport;
import dev.tollgate.console.access.AccessBook;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.governance.oversight.Stops;
import dev.tollgate.policy.Bundles;
import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.SealedSecrets;
import java.util.List;
import java.util.Optional;

/// The rooms of a deployment, opened for one command. Works beside a running gateway.
public interface Workbench extends AutoCloseable {
    /// The deployment's bundles.
    Bundles bundles();

    /// Questions to the audit log.
    AuditQuestions questions();

    /// Checks the audit log with nothing of the code that wrote it.
    ///
    /// @param witnessed checkpoints that somebody kept elsewhere
    AuditReport verify(List<String> witnessed);

    /// Erases the personal values about a subject; returns how many there were. The log gets an entry of it.
    ///
    /// @param by        who erases
    /// @param reference the request that is answered; may be empty
    int erase(String subject, String by, String reference);

    /// A draft of a contract of a connected system, from its own metadata, to be reviewed.
    ///
    /// @param system the id in the configuration, or `demo`
    String draft(String system);

    /// Rollbacks that a running gateway does.
    RollbackDesk rollbacks();

    /// What waits for people, and their stops.
    People people();

    /// What operators decide about.
    ///
    /// @param exceptions what went wrong
    /// @param approvals  what waits for an approval
    /// @param stops      kill switches
    record People(ExceptionQueue exceptions, Approvals approvals, Stops stops) {}

    /// What is granted, used and reviewed.
    AccessBook access();

    /// The encrypted file of credentials.
    SealedSecrets secrets();

    /// Where the signing keys are.
    KeyHome keys();

    /// Has the audit log told of a change of the signing keys.
    ///
    /// @param step for example `promote token`
    /// @param key  id of the key that it is about; may be empty
    void keysChanged(String by, String step, String key);

    /// A one-time code with which a person enrols a passkey of the console; nothing when the bundle in force does
    /// not know them.
    Optional<String> enrol(String user);

    /// A token with which an agent of the bundle in force proves itself; nothing when another trust domain vouches
    /// for it.
    Optional<String> agentProof(String agent);

    /// A token that says that somebody is a person of the bundle in force.
    Optional<String> personProof(String user);

    @Override
    void close();
}

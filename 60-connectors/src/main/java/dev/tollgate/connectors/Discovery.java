// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;

/// Asks a live system what it holds, for an operator who drafts a contract. Reads no record, and is on no path that an
/// agent's call takes: a connector does not offer it.
///
/// @param system  id that the system will have
/// @param secrets holds the credential
/// @param secret  its name
/// @param door    to the system
public record Discovery(SystemId system, SecretStore secrets, String secret, Door door) {
    /// The kinds of records and their fields, or why they are not known.
    public Step<Metadata> metadata() {
        Step<Credential> leased = door.needsCredential()
                ? secrets.lease(secret, SecretStore.LEASE_MAX)
                        .then(lease -> Step.pass(new Credential(lease.secret(), lease.expires())))
                : Step.pass(Credential.NONE);
        return leased.then(credential -> {
            try {
                return Step.pass(door.describe(system, credential, DoorLimits.DEFAULT));
            } catch (UpstreamBroken broken) {
                return failed(broken.why());
            }
        });
    }

    private Step<Metadata> failed(Why why) {
        return Step.refuse(new Refusal.UpstreamFailed(system, why.word()));
    }
}

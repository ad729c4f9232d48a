// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.Fault;
import dev.tollgate.terms.Presentation.Remedy;
import java.time.Instant;
import java.util.Optional;

/// What whoever asks for a token shows to hold, so that the token can be bound to it: the key of a proof (RFC 9449 §5),
/// the certificate of the connection (RFC 8705 §3). Safe for many threads.
public final class Holding {
    private final ProofVerifier proofs;
    private final Replays replays;

    /// @param proofs  checks what comes with the request
    /// @param replays takes each proof once
    public Holding(ProofVerifier proofs, Replays replays) {
        this.proofs = proofs;
        this.replays = replays;
    }

    /// What a request shows. Closed.
    public sealed interface Shown {
        /// These keys, or none at all.
        ///
        /// @param cnf   what the token is bound to
        /// @param proof to be used up before a token is handed out
        record Keys(Confirmation cnf, Optional<Proof> proof) implements Shown {}

        /// Something that does not count.
        record Nothing(Fault fault) implements Shown {}
    }

    /// A good proof, not used up yet.
    ///
    /// @param id    names it
    /// @param until when its age alone makes every node refuse it
    public record Proof(String id, Instant until) {}

    /// What the request that asks for a token shows.
    public Shown shown(Presentation how) {
        Optional<String> certificate = how.certificate().map(Presentation.PeerCertificate::thumbprint);
        if (!how.carriesProof()) {
            return new Shown.Keys(new Confirmation(Optional.empty(), certificate), Optional.empty());
        }
        return switch (proofs.check(how)) {
            case ProofVerifier.Checked.Faulty faulty ->
                new Shown.Nothing(new Fault(
                        faulty.fault() == ProofFault.NONCE ? Remedy.NONCE : Remedy.PROOF,
                        faulty.fault().word()));
            case ProofVerifier.Checked.Held held ->
                new Shown.Keys(
                        new Confirmation(Optional.of(held.thumbprint()), certificate),
                        Optional.of(new Proof(held.id(), held.until())));
        };
    }

    /// Uses a proof up.
    public Replays.Use use(Proof proof) {
        return replays.possession(proof.id(), proof.until());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import dev.tollgate.identity.TokenFault;
import dev.tollgate.identity.TokenVerifier;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.Fault;
import dev.tollgate.terms.Presentation.Remedy;
import dev.tollgate.terms.Presentation.Scheme;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.Optional;

/// Verifies a token together with what its bearer shows to own it (`cnf`, RFC 7800). The proof is
/// looked at before the token, so that what a client is told of its proof says nothing of the token;
/// and it is used up after the token, so that only owners of good tokens take room in the memory of
/// proofs. Safe for many threads.
public final class Possession {
    private final TokenVerifier tokens;
    private final ProofVerifier proofs;
    private final Replays replays;

    /// @param tokens  verifies the token itself
    /// @param proofs  checks what comes with it
    /// @param replays takes each proof once
    public Possession(TokenVerifier tokens, ProofVerifier proofs, Replays replays) {
        this.tokens = tokens;
        this.proofs = proofs;
        this.replays = replays;
    }

    /// The delegation of a token whose bearer owns it. Whatever is wrong, the refusal is the same
    /// `Unauthenticated`; what a client must mend is noted in `how`. `Undecidable` when nobody can say
    /// whether a proof was used.
    public Step<Delegation> verify(String token, Presentation how) {
        Optional<ProofVerifier.Checked.Held> held = Optional.empty();
        if (how.scheme() == Scheme.DPOP) {
            switch (proofs.check(token, how)) {
                case ProofVerifier.Checked.Faulty faulty -> {
                    return refused(how, faulty.fault());
                }
                case ProofVerifier.Checked.Held shown -> held = Optional.of(shown);
            }
        }
        return switch (tokens.check(token)) {
            case TokenVerifier.Checked.Faulty faulty ->
                refused(how, new Fault(Remedy.TOKEN, faulty.fault().word()));
            case TokenVerifier.Checked.Proven proven -> owned(proven.delegation(), how, held);
        };
    }

    private Step<Delegation> owned(Delegation delegation, Presentation how, Optional<ProofVerifier.Checked.Held> held) {
        Confirmation owner = delegation.cnf();
        boolean key = owner.jkt().equals(held.map(ProofVerifier.Checked.Held::thumbprint));
        boolean certificate = owner.thumbprint().isEmpty()
                || owner.thumbprint().equals(how.certificate().map(Presentation.PeerCertificate::thumbprint));
        if (!key || !certificate) {
            return refused(how, new Fault(Remedy.TOKEN, TokenFault.OWNER.word()));
        }
        if (held.isEmpty()) {
            return Step.pass(delegation);
        }
        ProofVerifier.Checked.Held proof = held.get();
        return how.first(() -> first(proof))
                .map(yes -> yes ? Step.pass(delegation) : refused(how, ProofFault.REPLAYED))
                .orElseGet(() -> Step.refuse(new Refusal.Undecidable("whether this proof was used before; try again")));
    }

    private Optional<Boolean> first(ProofVerifier.Checked.Held proof) {
        return switch (replays.possession(proof.id(), proof.until())) {
            case FIRST -> Optional.of(true);
            case AGAIN -> Optional.of(false);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Step<Delegation> refused(Presentation how, ProofFault fault) {
        return refused(how, new Fault(fault == ProofFault.NONCE ? Remedy.NONCE : Remedy.PROOF, fault.word()));
    }

    private static Step<Delegation> refused(Presentation how, Fault fault) {
        how.failed(fault);
        return Step.refuse(new Refusal.Unauthenticated());
    }
}

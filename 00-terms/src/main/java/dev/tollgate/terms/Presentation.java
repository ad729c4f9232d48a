// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a token came to a door: under which scheme, in which request, and with what its bearer shows to
/// be more than somebody who found it. There is one for each request, so that several stages may check
/// it and a proof still counts once. Nothing in it is believed before it was checked. Safe for many
/// threads.
public final class Presentation {
    private final Scheme scheme;
    private final List<String> proofs;
    private final String method;
    private final String url;
    private final Optional<PeerCertificate> certificate;

    private @Nullable Boolean first;
    private @Nullable Fault fault;

    /// The word before the token in `Authorization`.
    public enum Scheme {
        /// RFC 6750.
        BEARER,
        /// RFC 9449.
        DPOP
    }

    /// What a client must mend to be let in.
    public enum Remedy {
        /// Get another token.
        TOKEN,
        /// Make a new proof.
        PROOF,
        /// Make a new proof with the nonce that comes with the refusal.
        NONCE
    }

    /// Why the presentation failed.
    ///
    /// @param remedy what the client may be told
    /// @param word   for the log, for example `proof-replayed`
    public record Fault(Remedy remedy, String word) {}

    /// The certificate of the connection, verified when it was opened and again for this request.
    ///
    /// @param thumbprint SHA-256 of its DER form in base64url (RFC 8705 §3.1)
    /// @param workload   whose it is
    public record PeerCertificate(String thumbprint, SpiffeId workload) {}

    /// @param proofs      values of the header `DPoP`, as they came
    /// @param method      of the request
    /// @param url         of the request, as clients see it, without query
    /// @param certificate of the connection, when it has one
    public Presentation(
            Scheme scheme, List<String> proofs, String method, String url, Optional<PeerCertificate> certificate) {
        this.scheme = scheme;
        this.proofs = List.copyOf(proofs);
        this.method = method;
        this.url = url;
        this.certificate = certificate;
    }

    /// Of a token alone: whoever finds such a token can use it.
    public static Presentation bearer() {
        return new Presentation(Scheme.BEARER, List.of(), "", "", Optional.empty());
    }

    /// The word before the token.
    public Scheme scheme() {
        return scheme;
    }

    /// The proof of possession; nothing when there is none or more than one.
    public Optional<String> proof() {
        return proofs.size() == 1 ? Optional.of(proofs.getFirst()) : Optional.empty();
    }

    /// Whether it came with a proof, or with more than one.
    public boolean carriesProof() {
        return !proofs.isEmpty();
    }

    /// The request's method.
    public String method() {
        return method;
    }

    /// The request's address.
    public String url() {
        return url;
    }

    /// The certificate of the connection.
    public Optional<PeerCertificate> certificate() {
        return certificate;
    }

    /// Whether the proof is used for the first time, or nothing when nobody can say. Asks `memory` until it said it
    /// once for this request.
    public synchronized Optional<Boolean> first(Supplier<Optional<Boolean>> memory) {
        if (first == null) {
            first = memory.get().orElse(null);
        }
        return Optional.ofNullable(first);
    }

    /// Notes why the presentation failed.
    public synchronized void failed(Fault why) {
        fault = why;
    }

    /// Why it failed, once it did.
    public synchronized Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public String toString() {
        return "Presentation[" + scheme + "]";
    }
}

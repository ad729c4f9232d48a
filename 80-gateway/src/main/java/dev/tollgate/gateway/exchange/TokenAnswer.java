// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SecretValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// What came of asking for a token. Closed.
public sealed interface TokenAnswer {
    /// A token, which is in the log.
    ///
    /// @param life    how long it lasts
    /// @param scopes  what it opens
    /// @param task    the run that it is part of
    /// @param session the session that it is part of
    /// @param cnf     the key that its bearer must prove to hold
    record Issued(SecretValue token, Duration life, Set<Scope> scopes, String task, String session, Confirmation cnf)
            implements TokenAnswer {
        public Issued {
            scopes = Set.copyOf(scopes);
        }
    }

    /// None, in the words of RFC 6749 §5.2 and RFC 8693 §2.2.2.
    ///
    /// @param error what
    /// @param why   one fixed sentence that says what to do, without anything of the request
    record Refused(Code error, String why) implements TokenAnswer {}

    /// The closed list of errors.
    enum Code {
        INVALID_REQUEST(400),
        /// The agent did not prove that it is itself.
        INVALID_CLIENT(401),
        /// The token of the person, or the one that is handed on, does not count.
        INVALID_GRANT(400),
        UNAUTHORIZED_CLIENT(400),
        UNSUPPORTED_GRANT_TYPE(400),
        INVALID_SCOPE(400),
        INVALID_TARGET(400),
        /// The proof of possession that came with the request does not count (RFC 9449 §5).
        INVALID_DPOP_PROOF(400),
        /// The same, for want of the nonce that comes with the refusal (RFC 9449 §8).
        USE_DPOP_NONCE(400),
        /// Nothing can be issued now; nothing was.
        TEMPORARILY_UNAVAILABLE(503),
        /// The agent asked too often, or was stopped.
        ACCESS_DENIED(403);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        /// The HTTP status that goes with it.
        public int status() {
            return status;
        }

        /// The word on the wire, for example `invalid_scope`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

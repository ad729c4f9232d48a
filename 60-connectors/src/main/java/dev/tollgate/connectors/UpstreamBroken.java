// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.util.Locale;

/// A system behind the gateway is down, slow, or answers what it should not. Thrown by doors, turned into
/// `UpstreamFailed` by the guard. Carries a closed word and nothing of what the system said: error texts
/// of a CRM repeat customer data.
public final class UpstreamBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /// A failure of that kind.
    public UpstreamBroken(Why why) {
        super(why.word(), null, false, false);
        this.why = why;
    }

    /// What is wrong.
    public Why why() {
        return why;
    }

    /// The kinds of failure.
    public enum Why {
        /// No connection, or the system says that it is not available.
        UNREACHABLE,
        /// No complete answer in time.
        TIMEOUT,
        /// The system refused: credential, permission, or a rule of its own.
        REJECTED,
        /// An answer that is not what the system's own format or the contract says.
        GARBAGE,
        /// More rows or bytes than the limits allow.
        TOO_LARGE,
        /// The system cannot do this at all.
        UNSUPPORTED,
        /// The tool of another server is not the one that was approved: nothing is called until it is approved anew.
        QUARANTINED,
        /// A change was sent, and nobody knows whether it happened: look at the record before trying
        /// again. After every other word nothing was changed.
        UNKNOWN_OUTCOME;

        /// The word in refusals, logs and metrics, for example `timeout`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import org.jspecify.annotations.Nullable;

/// What one evaluation may still spend, and why it failed, if it did. Failures travel as null and not as exceptions:
/// an erroring policy must not cost more than a satisfied one.
class Work {
    /// Elements and characters that the operators of one request may look at. The number of nodes is bounded when a
    /// policy is compiled; this bounds what large sets and long texts multiply it with. About a tenth of a second.
    static final long STEPS_MAX = 50_000_000;

    private long steps = STEPS_MAX;
    private ErrorKind fault = ErrorKind.LIMIT;

    /// Notes why the evaluation fails; always null, to be returned.
    final @Nullable CedarValue fail(ErrorKind kind) {
        fault = kind;
        return null;
    }

    /// Why the last evaluation that came back as null failed.
    final ErrorKind fault() {
        return fault;
    }

    /// Whether `more` steps may still be spent; takes them.
    final boolean spend(long more) {
        steps -= more;
        return steps >= 0;
    }
}

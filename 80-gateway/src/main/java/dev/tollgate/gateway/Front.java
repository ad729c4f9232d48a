// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.List;

/// What a door may ask of the gateway. Doors parse and print; every rule lies behind this. Safe for many threads; calls
/// block, on virtual threads.
public interface Front {
    /// The tools that this principal may call, sorted by name: the same predicate as `call` uses. A
    /// principal without any gets an empty list.
    Step<List<ToolListing>> tools(Credentials who);

    /// One tool call, all the way: decided, executed, redacted and recorded before the answer is returned.
    Step<Answer> call(Credentials who, ToolCall call);

    /// One AuthZEN 1.0 evaluation: `subject`, `action`, `resource`, `context` in, `decision` and
    /// `context` out. Asking is recorded and executes nothing.
    Step<Value.Fields> evaluate(Credentials who, Value.Fields request);

    /// A door refused a request by itself, because its bytes have no single meaning. Recorded like any refusal, so that
    /// probing is seen; what the bytes said is not.
    void unread(Credentials who, RequestId request, Refusal.Malformed why);
}

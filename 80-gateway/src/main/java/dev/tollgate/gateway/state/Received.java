// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.ToolCall;
import java.time.Instant;

/// A call has come in. Nothing in it is believed yet.
///
/// @param who  what the caller presented
/// @param call what it asks
/// @param at   when it came
public record Received(Credentials who, ToolCall call, Instant at) implements State {
    @Override
    public Known known() {
        return Known.of(call, at);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import java.util.SequencedMap;

/// A data-loss-prevention system that is asked of each message before it leaves. Safe for many threads.
public interface DlpCheck {
    /// What it says of a message. Never throws for what the other side does.
    ///
    /// @param sink  name of the sink that the message leaves through
    /// @param parts the texts by field, as they would leave
    Opinion check(String sink, SequencedMap<String, String> parts);
}

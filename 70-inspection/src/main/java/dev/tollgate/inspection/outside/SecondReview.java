// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import dev.tollgate.terms.Value;

/// A second model that looks at a call of high risk: does it fit what the task is for? Safe for many threads.
public interface SecondReview {
    /// What it says of a call. Never throws for what the other side does.
    ///
    /// @param call intent, tool, action, destination and texts, without secrets
    Opinion review(Value.Fields call);
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

/// JSON given as entities, context, request or schema does not have the format. The message names the place as a JSON
/// pointer or a line, and never what stands there.
public final class IllegalData extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// A refusal with a message that names the place and never what stands there.
    public IllegalData(String message) {
        super(message);
    }
}

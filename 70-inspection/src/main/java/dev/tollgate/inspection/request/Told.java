// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

/// What a task was told so far, by the parts of its texts (`Grams`).
public interface Told {
    /// Whether a system that the contract trusts told this part.
    boolean trusted(String gram);

    /// Whether a text that strangers may have written told it.
    boolean thirdParty(String gram);

    /// Whether a text that strangers may have written and that gives orders told it.
    boolean ordered(String gram);

    /// Whether a value told it that may not leave freely.
    boolean sensitive(String gram);
}

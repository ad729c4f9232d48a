// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.terms.Refusal;
import java.util.Arrays;
import java.util.Optional;

/// Why an approval does not count, in words that say what to do next. Closed.
public enum Objection {
    UNKNOWN("there is no such approval here, make the call to get one"),
    OWN_REQUEST("who asked for it cannot decide it, another person must"),
    AGENT_OWNER("who answers for the agent cannot decide it, another person must"),
    ROLE("it is for people with another role"),
    DECIDED("it is decided already, reload the list"),
    REJECTED("a person rejected it, propose something else"),
    EXPIRED("it has expired, make the call again to ask anew"),
    USED("it has been used, make the call again to ask anew"),
    TOO_SOON("it was not read yet, look at the whole change first"),
    BURST("too many approvals in a short time, wait a minute"),
    TWICE("the second pair of eyes must be another person's"),
    STEP_UP("a passkey must sign exactly this change, just before"),
    NOT_GRANTED("nobody has granted it yet, wait for a person"),
    CALL_CHANGED("the call changed, make it again to ask anew"),
    RECORD_EDITED("the record was edited since, read it and make the call again"),
    POLICY_CHANGED("the policy changed since, make the call again to ask anew"),
    REVOKED("an operator revoked it, make the call again to ask anew"),
    DECOY("it was a test of attention and changes nothing");

    private final String words;

    Objection(String words) {
        this.words = words;
    }

    /// What happened and what to do next.
    public String words() {
        return words;
    }

    Refusal.ApprovalRefused refusal(ApprovalId id) {
        return new Refusal.ApprovalRefused(id.value(), words);
    }

    static Optional<Objection> of(String name) {
        return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
    }
}

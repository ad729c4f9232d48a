// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;

/// A personal value with the salt of its commitment.
final class Payload {
    private final String commitment;
    private final Personal personal;
    private final byte[] salt;

    Payload(String commitment, Personal personal, byte[] salt) {
        this.commitment = commitment;
        this.personal = personal;
        this.salt = salt.clone();
    }

    static Payload seal(Personal personal, byte[] salt) {
        return new Payload(Commitment.of(salt, personal.name(), personal.value()), personal, salt);
    }

    String commitment() {
        return commitment;
    }

    Personal personal() {
        return personal;
    }

    Value value() {
        return personal.value();
    }

    byte[] salt() {
        return salt.clone();
    }

    /// Whether the commitment is really one to this value.
    boolean holds() {
        return Commitment.of(salt, personal.name(), personal.value()).equals(commitment);
    }

    @Override
    public String toString() {
        return "Payload[" + commitment + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.Locale;
import java.util.Optional;

/// What a tool does to the world.
public enum Effect {
    /// Nothing: it looks.
    READ,
    /// It tells somebody something.
    SEND,
    /// It lets somebody in.
    SHARE,
    /// It moves money or buys.
    PAY,
    /// It makes something new.
    CREATE,
    /// It changes what is there.
    CHANGE,
    /// It ends what is there.
    DELETE,
    /// It makes something run, or nobody knows what it does.
    RUN;

    /// The word used in contracts and policies, for example `send`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The effect of that word, or nothing when there is none.
    public static Optional<Effect> of(String word) {
        for (Effect effect : values()) {
            if (effect.word().equals(word)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }
}
